import { expect, it } from 'vitest'
import { join, openKey, openListed } from '../cast.testing.ts'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import { authenticateKey } from '../keys/keys.ts'
import { authenticateSession } from './authenticate.ts'
import { changeProfile, deleteAccount, getProfile } from './profile.ts'

async function open() {
  const test = createTestCtx()
  const anna = await actAs(test.ctx, 'anna')
  const ended: unknown[] = []
  test.ctx.bus.subscribe('sessions', (payload) => ended.push(payload))
  return { ...test, anna, ended }
}

it('changes what is named and leaves the rest', async () => {
  const { anna } = await open()
  const before = await getProfile(anna)
  expect(await changeProfile(anna, { last_name: ' Ray ' })).toEqual({ ...before, lastName: 'Ray' })
  expect(await getProfile(anna)).toEqual({ ...before, lastName: 'Ray' })
})

it('lets the bot answer in the workspaces that one owns, and in no other', async () => {
  const { anna } = await open()
  const bob = (await join(anna, 'bob')).as
  const own = bob.actor.workspaces.find(({ role }) => role === 'owner')?.id ?? 0
  await changeProfile(bob, { default_reply_handler: 'AI' })
  expect((await bob.keys.bot(own)).isOn).toBe(true)
  expect((await anna.keys.bot(anna.actor.workspaceId)).isOn).toBe(false)
})

it('deletes the account with its workspace, sessions, keys and webhooks', async () => {
  const { ctx, anna, platform, ended } = await open()
  const channel = await openChannel(anna)
  await ctx.platforms.telegram.setWebhook(channel, 'https://desk.example/hook')
  const { id } = await openListed(anna)
  const { token } = await openKey(anna, ['read'])
  await deleteAccount(anna)
  expect(ended).toEqual([{ sessionId: anna.actor.sessionId }])
  expect(platform.webhooks.size).toBe(0)
  expect(await ctx.conversations.find([anna.actor.workspaceId], id)).toBeNull()
  await expect(authenticateSession(ctx, anna.actor.sessionId)).rejects.toMatchObject({
    code: 'unauthenticated',
  })
  await expect(authenticateKey(ctx, token)).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(getProfile(anna)).rejects.toMatchObject({ code: 'unauthenticated' })
})

it('leaves what colleagues work in, and refuses to leave them without an owner', async () => {
  const { ctx, anna, ended } = await open()
  const { id } = await openListed(anna)
  const bob = (await join(anna, 'bob')).as
  await expect(deleteAccount(anna)).rejects.toMatchObject({ code: 'conflict' })
  expect(ended).toEqual([])
  await deleteAccount(bob)
  expect(await ctx.conversations.find([anna.actor.workspaceId], id)).not.toBeNull()
  expect((await getProfile(anna)).username).toBe('anna')
})

it('is deleted also where the platform does not answer', async () => {
  const { ctx, anna, log } = await open()
  await openChannel(anna)
  const removeWebhook = () => Promise.reject(new Error('timeout'))
  const platforms = { telegram: { ...ctx.platforms.telegram, removeWebhook } }
  await deleteAccount({ ...anna, platforms })
  expect(await ctx.accounts.findById(anna.actor.userId)).toBeNull()
  expect(log.sentences).toContainEqual({
    level: 'warn',
    sentence: 'The webhook of a deleted account stays set',
  })
})
