import { expect, it } from 'vitest'
import { join } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { cacheSessions } from './session-cache.ts'
import { tellStanding } from './session-end.ts'

async function open() {
  const { ctx, clock } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const { sessionId } = anna.actor
  const read: string[] = []
  const counting = {
    ...ctx.accounts,
    owner: (id: string) => {
      read.push(id)
      return ctx.accounts.owner(id)
    },
  }
  return { ctx, clock, anna, sessionId, read, cached: cacheSessions(counting, ctx.bus, clock) }
}

it('reads a session once in five seconds, however many ask', async () => {
  const { cached, clock, sessionId, read } = await open()
  const [one, two] = await Promise.all([cached.owner(sessionId), cached.owner(sessionId)])
  expect(one).toEqual(two)
  clock.advance(4_999)
  await cached.owner(sessionId)
  expect(read).toHaveLength(1)
  clock.advance(1)
  await cached.owner(sessionId)
  expect(read).toHaveLength(2)
})

it('forgets a session that ends here at once, and one that ends elsewhere when the bus says so', async () => {
  const { ctx, cached, sessionId } = await open()
  expect(await cached.owner(sessionId)).not.toBeNull()
  await cached.revokeSession(sessionId)
  expect(await cached.owner(sessionId)).toBeNull()
  const omar = await actAs(ctx, 'omar')
  expect(await cached.owner(omar.actor.sessionId)).not.toBeNull()
  await ctx.accounts.revokeSession(omar.actor.sessionId)
  expect(await cached.owner(omar.actor.sessionId)).not.toBeNull()
  ctx.bus.publish('sessions', { sessionId: omar.actor.sessionId })
  expect(await cached.owner(omar.actor.sessionId)).toBeNull()
})

it('forgets the sessions of a person who is deleted', async () => {
  const { cached, anna } = await open()
  const { actor } = (await join(anna, 'bob')).as
  expect(await cached.owner(actor.sessionId)).not.toBeNull()
  await cached.remove(actor.userId)
  expect(await cached.owner(actor.sessionId)).toBeNull()
})

it('knows at once which workspace a person has come into', async () => {
  const { ctx, cached, anna } = await open()
  const { actor } = await actAs(ctx, 'omar')
  const workspaces = async () => (await cached.owner(actor.sessionId))?.workspaces.length
  expect(await workspaces()).toBe(1)
  const { workspaceId } = anna.actor
  const email = 'omar@example.com'
  const expiresAt = ctx.clock.now() + 1_000
  await ctx.accounts.invite({ workspaceId, email, role: 'agent', tokenHash: 'hash', expiresAt })
  expect(await cached.accept('other', { id: actor.userId, email })).toBeNull()
  expect(await cached.accept('hash', { id: actor.userId, email })).toEqual({ workspaceId })
  expect(await workspaces()).toBe(2)
})

it('does not remember that the store was away', async () => {
  const { ctx, clock, sessionId } = await open()
  let isAway = true
  const owner = (id: string) => (isAway ? Promise.reject(new Error('away')) : ctx.accounts.owner(id))
  const cached = cacheSessions({ ...ctx.accounts, owner }, ctx.bus, clock)
  await expect(cached.owner(sessionId)).rejects.toThrow('away')
  isAway = false
  expect(await cached.owner(sessionId)).not.toBeNull()
})

it('forgets at once what a person was, here; and elsewhere when a hint or the check of the sockets says so', async () => {
  const { ctx, cached, anna } = await open()
  const { actor } = (await join(anna, 'bob')).as
  const { workspaceId } = anna.actor
  const role = async () =>
    (await cached.owner(actor.sessionId))?.workspaces.find(({ id }) => id === workspaceId)?.role
  const change = { workspaceId, userId: actor.userId }
  expect(await role()).toBe('agent')
  await cached.setRole({ ...change, from: 'agent', to: 'admin' })
  expect(await role()).toBe('admin')
  await ctx.accounts.setRole({ ...change, from: 'admin', to: 'agent' })
  expect(await role()).toBe('admin')
  tellStanding(ctx.bus)
  expect(await role()).toBe('agent')
  await ctx.accounts.setRole({ ...change, from: 'agent', to: 'admin' })
  expect(await role()).toBe('agent')
  await cached.standings([actor.sessionId])
  expect(await role()).toBe('admin')
})
