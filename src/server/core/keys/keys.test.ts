import { expect, it } from 'vitest'
import { join, openKey } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { authenticateKey, createKey, KEY_PREFIX, listKeys, revokeKey } from './keys.ts'

async function open() {
  const { ctx, clock, state } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  return { ctx, clock, state, anna }
}
const HOUR = 3_600_000

it('keeps the digest of a key and shows the key once', async () => {
  const { anna, state } = await open()
  const made = await createKey(anna, { name: ' CRM ', scopes: ['read', 'ai', 'read'] })
  expect(made).toMatchObject({ name: 'CRM', scopes: ['read', 'ai'], expires_at: null, last_used_at: null })
  expect(made.key.startsWith(KEY_PREFIX) && made.key.startsWith(made.prefix)).toBe(true)
  expect(JSON.stringify(state.keys)).not.toContain(made.key)
  const { key: _, ...shown } = made
  expect(await listKeys(anna)).toEqual([shown])
})

it('acts as an agent of its workspace, in the name of who made it, and notes its use', async () => {
  const { ctx, anna } = await open()
  const { key, id } = await createKey(anna, { name: 'CRM', scopes: ['ai'] })
  const { workspaceId, userId } = anna.actor
  expect(await authenticateKey(ctx, key)).toMatchObject({
    userId,
    workspaceId,
    workspaces: [{ id: workspaceId, role: 'agent' }],
    key: { id, scopes: ['ai'] },
  })
  expect((await listKeys(anna))[0]?.last_used_at).not.toBeNull()
})

it('is over when it is revoked, when its time has come, and when its maker is gone', async () => {
  const { ctx, clock, anna } = await open()
  const expires_at = new Date(clock.now() + HOUR).toISOString()
  const short = await createKey(anna, { name: 'Short', scopes: ['read'], expires_at })
  const long = await createKey(anna, { name: 'Long', scopes: ['read'] })
  const admin = (await join(anna, 'bob', 'admin')).as
  const his = await createKey(admin, { name: 'His', scopes: ['read'] })
  const refused = (key: string) =>
    expect(authenticateKey(ctx, key)).rejects.toMatchObject({ code: 'unauthenticated', cause: 'invalid' })
  await ctx.accounts.remove(admin.actor.userId)
  await refused(his.key)
  clock.advance(HOUR - 1)
  await authenticateKey(ctx, short.key)
  clock.advance(1)
  await refused(short.key)
  await authenticateKey(ctx, long.key)
  await revokeKey(anna, { id: long.id })
  await refused(long.key)
  await refused(`${KEY_PREFIX}garbage`)
  await expect(revokeKey(anna, { id: long.id })).rejects.toMatchObject({ code: 'not_found' })
})

it('cannot be born old', async () => {
  const { anna, clock } = await open()
  const expires_at = new Date(clock.now()).toISOString()
  await expect(createKey(anna, { name: 'x', scopes: ['read'], expires_at })).rejects.toMatchObject({
    code: 'invalid_input',
  })
})

it('is nothing to agents, to other keys and to other workspaces', async () => {
  const { ctx, anna } = await open()
  const { id } = await createKey(anna, { name: 'CRM', scopes: ['read'] })
  const agent = (await join(anna, 'bob')).as
  const program = (await openKey(anna, ['read', 'messages', 'ai'])).as
  for (const who of [agent, program]) {
    await expect(createKey(who, { name: 'x', scopes: ['read'] })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(listKeys(who)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(revokeKey(who, { id })).rejects.toMatchObject({ code: 'forbidden' })
  }
  const omar = await actAs(ctx, 'omar')
  await expect(revokeKey(omar, { id })).rejects.toMatchObject({ code: 'not_found' })
  expect(await listKeys(omar)).toEqual([])
})
