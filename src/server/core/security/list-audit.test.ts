import { expect, it } from 'vitest'
import { ListAudit } from '../../contract/audit.ts'
import { join } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { audit } from './audit.ts'
import { downloadAudit, listAudit } from './list-audit.ts'

const from = (member: MemberCtx, address: string): MemberCtx => ({
  ...member,
  actor: { ...member.actor, address, isInstanceAdmin: false },
})
const switchBot = (member: MemberCtx, target = 'workspace:1') =>
  audit(member, { action: 'bot.switched', target })
const list = (member: MemberCtx, filter: object = {}) => listAudit(member, ListAudit.parse(filter))

async function open() {
  const { ctx } = createTestCtx()
  const anna = from(await actAs(ctx, 'anna'), '203.0.113.1')
  const cleo = from((await join(anna, 'cleo', 'admin')).as, '203.0.113.2')
  return { ctx, anna, cleo }
}

it('pages the workspace’s own entries, newest first, each once', async () => {
  const { ctx, anna } = await open()
  const omar = await actAs(ctx, 'omar')
  for (const target of ['workspace:1', 'workspace:2', 'workspace:3']) await switchBot(anna, target)
  const first = await list(anna, { action: 'bot.switched', limit: 2 })
  expect(first.entries.map(({ target }) => target)).toEqual(['workspace:3', 'workspace:2'])
  const second = await list(anna, { action: 'bot.switched', limit: 2, before: first.next ?? '' })
  expect(second).toMatchObject({ entries: [{ target: 'workspace:1' }], next: null })
  expect((await list(omar)).entries).toEqual([])
})

it('tells people and keys of one number apart', async () => {
  const { anna } = await open()
  await switchBot(anna)
  const filter = { actorId: anna.actor.userId, action: 'bot.switched' }
  expect((await list(anna, { ...filter, actorKind: 'member' })).entries).toHaveLength(1)
  expect((await list(anna, { ...filter, actorKind: 'key' })).entries).toEqual([])
})

it('tells an address to whom it was, and to whoever runs the instance', async () => {
  const { anna, cleo } = await open()
  await switchBot(anna)
  await switchBot(cleo)
  const addresses = async (member: MemberCtx) =>
    (await list(member, { action: 'bot.switched' })).entries.map(({ address }) => address)
  expect(await addresses(anna)).toEqual(['', '203.0.113.1'])
  expect(await addresses(cleo)).toEqual(['203.0.113.2', ''])
  const ruth = { ...anna, actor: { ...anna.actor, isInstanceAdmin: true } }
  expect(await addresses(ruth)).toEqual(['203.0.113.2', '203.0.113.1'])
})

it('is not for agents, and the instance’s own log is for whoever runs it', async () => {
  const { anna } = await open()
  const { as: agent } = await join(anna, 'bob')
  await audit(anna, { action: 'blacklist.added', target: 'network:203.0.113.9/32', workspaceId: null })
  await expect(list(agent)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(list(anna, { scope: 'instance' })).rejects.toMatchObject({ code: 'forbidden' })
  expect(() => downloadAudit(agent, ListAudit.parse({}))).toThrow('audit log')
  const ruth = { ...anna, actor: { ...anna.actor, isInstanceAdmin: true } }
  expect((await list(ruth, { scope: 'instance' })).entries).toMatchObject([{ action: 'blacklist.added' }])
})

it('downloads all that match, beyond one page', async () => {
  const { anna } = await open()
  for (let index = 0; index < 101; index++) await switchBot(anna)
  let count = 0
  for await (const page of downloadAudit(anna, ListAudit.parse({ action: 'bot.switched' })))
    count += page.length
  expect(count).toBe(101)
})
