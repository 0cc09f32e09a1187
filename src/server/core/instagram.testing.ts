import type { Source } from '../contract/customer.ts'
import type { MemberCtx } from './context.ts'
import type { MessageDraft } from './ports/journal.ts'

/** A member's account on Instagram, or on another platform, and a conversation with one customer on it. */
export async function openAccount(member: MemberCtx, source: Source = 'instagram') {
  const { workspaceId } = member.actor
  const account = { source, name: 'Shop', externalId: '1784', username: 'shop', apiRoot: null }
  const credentials = { token: 'first', webhookSecret: '' }
  const { id: channelId } = await member.channels.create({ ...account, workspaceId, credentials })
  const { conversation } = await member.journal.append({
    kind: 'open',
    workspaceId,
    channelId,
    source,
    sourceId: '42',
    conversationId: member.ids.short(),
    firstName: null,
    lastName: null,
    username: null,
  })
  const { id: conversationId } = conversation
  /** The customer writes. */
  const hear = (more: Partial<MessageDraft> = {}) =>
    member.journal.appendMessage({
      kind: 'message',
      workspaceIds: [workspaceId],
      conversationId,
      id: member.ids.short(),
      type: 'customer',
      content: 'hello',
      contentKind: 'text',
      sender: 'customer:1',
      author: null,
      clientId: null,
      providerId: null,
      deliver: false,
      ...more,
    })
  return { workspaceId, channelId, conversationId, hear }
}
