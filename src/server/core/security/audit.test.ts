import { expect, it } from 'vitest'
import { ListAudit } from '../../contract/audit.ts'
import { disconnectChannel } from '../channels/disconnect.ts'
import { actAs, createTestCtx, openChannel, openConversation } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { deleteConversation } from '../conversations/delete.ts'
import { deleteCustomer } from '../customers/change.ts'
import { createKey, revokeKey } from '../keys/keys.ts'
import { setBot } from '../workspaces/bot.ts'
import { acceptInvitation, inviteMember } from '../workspaces/invite.ts'
import { audit } from './audit.ts'

const entriesOf = (ctx: MemberCtx) => ctx.audit.list(ctx.actor.workspaceId, ListAudit.parse({}))

it('tells who did what that others may ask about later, and with which address', async () => {
  const { ctx } = createTestCtx()
  const owner = await actAs(ctx, 'anna')
  const anna: MemberCtx = { ...owner, actor: { ...owner.actor, address: '203.0.113.9' } }
  const { id } = await createKey(anna, { name: 'till', scopes: ['read'] })
  await revokeKey(anna, { id })
  await setBot(anna, { isOn: true })
  await disconnectChannel(anna, { channelId: (await openChannel(anna)).id })
  const [first, second] = [await openConversation(anna), await openConversation(anna)]
  await deleteConversation(anna, { conversationId: first.id })
  await deleteCustomer(anna, { customerId: second.customerId })
  const entries = await entriesOf(anna)
  expect(entries.map(({ action, target }) => [action, target]).reverse()).toEqual([
    ['key.created', `key:${id}`],
    ['key.revoked', `key:${id}`],
    ['bot.switched', `workspace:${anna.actor.workspaceId}`],
    ['channel.disconnected', expect.stringMatching(/^channel:/)],
    ['conversation.deleted', `conversation:${first.id}`],
    ['customer.deleted', `customer:${second.customerId}`],
  ])
  for (const { actor, address } of entries)
    expect({ actor, address }).toEqual({
      actor: { kind: 'member', id: anna.actor.userId, name: 'anna' },
      address: '203.0.113.9',
    })
})

it('tells of an invitation in the workspace it leads to, and never its secret', async () => {
  const { ctx } = createTestCtx()
  const [anna, omar] = [await actAs(ctx, 'anna'), await actAs(ctx, 'omar')]
  const { url } = await inviteMember(anna, { email: 'omar@example.com', role: 'agent' })
  const token = url.split('/').at(-1) ?? ''
  await acceptInvitation(omar, { token })
  const entries = await entriesOf(anna)
  expect(entries.map(({ action, actor }) => [action, actor.name])).toEqual([
    ['member.joined', 'omar'],
    ['member.invited', 'anna'],
  ])
  expect(JSON.stringify(entries)).not.toContain(token)
  expect(await entriesOf(omar)).toEqual([])
})

it('tells nothing of what was refused', async () => {
  const { ctx } = createTestCtx()
  const owner = await actAs(ctx, 'anna')
  const workspaces = owner.actor.workspaces.map((one) => ({ ...one, role: 'agent' as const }))
  const agent: MemberCtx = { ...owner, actor: { ...owner.actor, workspaces } }
  await expect(setBot(agent, { isOn: true })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await entriesOf(owner)).toEqual([])
})

it('names the command line, which is nobody in particular', async () => {
  const { ctx } = createTestCtx()
  const { actor } = await actAs(ctx, 'anna')
  const shell: MemberCtx = { ...ctx, actor: { ...actor, userId: 0, name: 'root@web-1', isCommandLine: true } }
  await audit(shell, { action: 'blacklist.added', target: 'network:203.0.113.9/32', workspaceId: null })
  const [entry] = await ctx.audit.list(null, ListAudit.parse({}))
  expect(entry?.actor).toEqual({ kind: 'cli', id: null, name: 'root@web-1' })
})
