import { expect, it } from 'vitest'
import type { Role } from '../../contract/account.ts'
import { ListAudit } from '../../contract/audit.ts'
import { authenticateSession } from '../accounts/authenticate.ts'
import { enter, join, openKey } from '../cast.testing.ts'
import { createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { authenticateKey } from '../keys/keys.ts'
import { changeRole, removeMember } from './members.ts'

const ROLES = ['owner', 'admin', 'agent'] as const

const again = async (ctx: MemberCtx): Promise<MemberCtx> => ({
  ...ctx,
  actor: await authenticateSession(ctx, ctx.actor.sessionId),
})

/** Anna's shop with two of each role; `as` acts in it. */
async function open() {
  const { ctx } = createTestCtx()
  const anna = (await enter(ctx, 'anna')).as
  const hire = async (name: string, role: Role) => {
    const { as } = await join(anna, name)
    if (role !== 'agent') await changeRole(anna, { userId: as.actor.userId, role })
    return again(as)
  }
  const staff = async (prefix: string) => ({
    owner: await hire(`${prefix}-owner`, 'owner'),
    admin: await hire(`${prefix}-admin`, 'admin'),
    agent: await hire(`${prefix}-agent`, 'agent'),
  })
  const [who, whom] = [await staff('one'), await staff('two')]
  const roleOf = async ({ actor }: MemberCtx) =>
    (await ctx.accounts.members(anna.actor.workspaceId)).find((one) => one.userId === actor.userId)?.role
  const entries = () => ctx.audit.list(anna.actor.workspaceId, ListAudit.parse({}))
  return { ctx, anna, who, whom, roleOf, entries }
}

const MAY: Record<Role, (from: Role, to: Role) => boolean> = {
  owner: () => true,
  admin: (from, to) => from !== 'owner' && to !== 'owner',
  agent: () => false,
}
const CASES = ROLES.flatMap((by) => ROLES.flatMap((from) => ROLES.map((to) => ({ by, from, to }))))

it.each(CASES)('an $by who makes an $from an $to', async ({ by, from, to }) => {
  const { who, whom, roleOf } = await open()
  const attempt = changeRole(who[by], { userId: whom[from].actor.userId, role: to })
  const may = MAY[by](from, to)
  if (may) await attempt
  else await expect(attempt).rejects.toMatchObject({ code: 'forbidden' })
  expect(await roleOf(whom[from])).toBe(may ? to : from)
})

it.each(ROLES.flatMap((by) => ROLES.map((from) => ({ by, from }))))(
  'an $by who removes an $from',
  async ({ by, from }) => {
    const { who, whom, roleOf } = await open()
    const attempt = removeMember(who[by], { userId: whom[from].actor.userId })
    const may = by === 'owner' || (by === 'admin' && from !== 'owner')
    if (may) await attempt
    else await expect(attempt).rejects.toMatchObject({ code: 'forbidden' })
    expect(await roleOf(whom[from])).toBe(may ? undefined : from)
  },
)

it('raises nobody by themselves, and lets an admin step back', async () => {
  const { who, roleOf } = await open()
  const self = ({ actor }: MemberCtx, role: Role) => ({ userId: actor.userId, role })
  await expect(changeRole(who.agent, self(who.agent, 'admin'))).rejects.toMatchObject({ code: 'forbidden' })
  await expect(changeRole(who.admin, self(who.admin, 'owner'))).rejects.toMatchObject({ code: 'forbidden' })
  await changeRole(who.admin, self(who.admin, 'agent'))
  expect(await roleOf(who.admin)).toBe('agent')
})

it('leaves a workspace an owner, and nobody removes themselves', async () => {
  const { ctx } = createTestCtx()
  const anna = (await enter(ctx, 'anna')).as
  const self = { userId: anna.actor.userId }
  await expect(changeRole(anna, { ...self, role: 'agent' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(removeMember(anna, self)).rejects.toMatchObject({ code: 'precondition_failed' })
})

it('knows nobody of another workspace', async () => {
  const { ctx, anna } = await open()
  const stranger = { userId: (await enter(ctx, 'stranger')).as.actor.userId }
  await expect(changeRole(anna, { ...stranger, role: 'admin' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(removeMember(anna, stranger)).rejects.toMatchObject({ code: 'not_found' })
  await expect(removeMember(anna, { userId: 999_999 })).rejects.toMatchObject({ code: 'not_found' })
})

it('is no matter for a program, whoever made its key', async () => {
  const { anna, whom } = await open()
  const program = (await openKey(anna, ['read', 'messages'])).as
  const { userId } = whom.agent.actor
  await expect(changeRole(program, { userId, role: 'admin' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(removeMember(program, { userId })).rejects.toMatchObject({ code: 'forbidden' })
})

it('counts from the very next call, and so do the keys of who is removed', async () => {
  const { anna, who, whom } = await open()
  const { token } = await openKey(who.admin, ['read'])
  await removeMember(anna, { userId: who.admin.actor.userId })
  const removed = await again(who.admin)
  expect(removed.actor.workspaces.map(({ id }) => id)).not.toContain(anna.actor.workspaceId)
  await expect(authenticateKey(anna, token)).rejects.toMatchObject({ code: 'unauthenticated' })
  await changeRole(anna, { userId: whom.admin.actor.userId, role: 'agent' })
  const demoted = await again(whom.admin)
  await expect(removeMember(demoted, { userId: whom.agent.actor.userId })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

it('is written down with what was before and after, and only where something changed', async () => {
  const { anna, whom, entries } = await open()
  const { userId } = whom.agent.actor
  const count = (await entries()).length
  await changeRole(anna, { userId, role: 'agent' })
  expect(await entries()).toHaveLength(count)
  await changeRole(anna, { userId, role: 'admin' })
  await removeMember(anna, { userId })
  const [removed, changed] = await entries()
  const target = `user:${userId}`
  expect(changed).toMatchObject({ action: 'member.role_changed', target })
  expect(changed).toMatchObject({ before: { role: 'agent' }, after: { role: 'admin' } })
  expect(removed).toMatchObject({ action: 'member.removed', target, before: { role: 'admin' } })
})
