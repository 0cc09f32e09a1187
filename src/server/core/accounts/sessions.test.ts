import { expect, it } from 'vitest'
import { ListAudit } from '../../contract/audit.ts'
import { AccountSession } from '../../contract/session.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { authenticateSession } from './authenticate.ts'
import { endOtherSessions, endSessionOf, listSessions } from './sessions.ts'
import { openSession } from './tokens.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'

/** Anna on the console, and with two programs. */
async function open() {
  const test = createTestCtx()
  const anna = await actAs(test.ctx, 'anna')
  const { userId } = anna.actor
  const expiresAt = test.ctx.clock.now() + 3_600_000
  const from = { userId, kind: 'api' as const, expiresAt, userAgent: CHROME, address: '203.0.113.9' }
  test.clock.advance(1_000)
  const one = await openSession(test.ctx, from)
  test.clock.advance(1_000)
  const two = await openSession(test.ctx, { ...from, userAgent: 'curl/8.5' })
  const ended: unknown[] = []
  test.ctx.bus.subscribe('sessions', (payload) => ended.push(payload))
  const audited = async () => test.ctx.audit.list(anna.actor.workspaceId, ListAudit.parse({}))
  return { ...test, anna, one, two, ended, audited }
}

it('lists where a person is signed in, what with, and which of it is this', async () => {
  const { anna } = await open()
  const sessions = await listSessions(anna)
  expect(sessions.map((session) => AccountSession.parse(session))).toEqual(sessions)
  expect(sessions.map(({ device, isThis, kind }) => [device.browser, kind, isThis])).toEqual([
    ['curl', 'api', false],
    ['Chrome', 'api', false],
    [null, 'console', true],
  ])
  expect(sessions.find(({ device }) => device.browser === 'Chrome')).toMatchObject({
    address: '203.0.113.9',
    device: { system: 'Windows', form: 'desktop' },
  })
})

it('ends one, with its token and its sockets, and tells what it was', async () => {
  const { anna, ctx, one, two, ended, audited } = await open()
  await endSessionOf(anna, { id: one })
  await expect(authenticateSession(ctx, one)).rejects.toMatchObject({ code: 'unauthenticated' })
  expect((await authenticateSession(ctx, two)).userId).toBe(anna.actor.userId)
  expect(ended).toEqual([{ sessionId: one }])
  const target = `user:${anna.actor.userId}`
  const before = { kind: 'api', userAgent: CHROME, address: '203.0.113.9' }
  expect(await audited()).toMatchObject([{ action: 'session.revoked', target, before }])
})

it('ends nobody else’s, and none twice', async () => {
  const { anna, ctx, one, ended } = await open()
  const omar = await actAs(ctx, 'omar')
  await expect(endSessionOf(omar, { id: one })).rejects.toMatchObject({ code: 'not_found' })
  expect(ended).toEqual([])
  await endSessionOf(anna, { id: one })
  await expect(endSessionOf(anna, { id: one })).rejects.toMatchObject({ code: 'not_found' })
})

it('ends all but the one that asks', async () => {
  const { anna, ctx, one, two, ended, audited } = await open()
  const omar = await actAs(ctx, 'omar')
  expect(await endOtherSessions(anna)).toEqual({ ended: 2 })
  expect(await endOtherSessions(anna)).toEqual({ ended: 0 })
  expect(await listSessions(anna)).toMatchObject([{ id: anna.actor.sessionId, isThis: true }])
  for (const id of [one, two])
    await expect(authenticateSession(ctx, id)).rejects.toMatchObject({ code: 'unauthenticated' })
  expect((await authenticateSession(ctx, omar.actor.sessionId)).name).toBe('omar')
  expect(ended).toHaveLength(2)
  expect(await audited()).toHaveLength(1)
})
