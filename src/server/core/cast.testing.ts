import type { KeyScope } from '../contract/account.ts'
import type { Conversation } from '../contract/conversation.ts'
import type { Hold } from '../contract/spam.ts'
import { authenticateSession } from './accounts/authenticate.ts'
import { openTokens } from './accounts/tokens.ts'
import { actAs, openConversation } from './context.testing.ts'
import type { Ctx, MemberCtx } from './context.ts'
import { authenticateKey, createKey } from './keys/keys.ts'
import { sendBotAnswer } from './messages/send-ai.ts'
import { acceptInvitation, inviteMember } from './workspaces/invite.ts'

/** A person with an access token. */
export interface Person {
  as: MemberCtx
  token: string
}

/** A new person with a workspace of their own. */
export async function enter(ctx: Ctx, name: string): Promise<Person> {
  const as = await actAs(ctx, name)
  const tokens = await openTokens(ctx, as.actor.userId, { userAgent: '', address: '' })
  return { as, token: tokens.access_token }
}

/** A new person who works in the host's workspace. */
export async function join(
  host: MemberCtx,
  name: string,
  role: 'admin' | 'agent' = 'agent',
): Promise<Person> {
  const { as, token } = await enter(host, name)
  const { email = '' } = (await host.accounts.findById(as.actor.userId)) ?? {}
  const { url } = await inviteMember(host, { email, role })
  await acceptInvitation(as, { token: url.split('/').at(-1) ?? '' })
  return { as: { ...host, actor: await authenticateSession(host, as.actor.sessionId) }, token }
}

/** A program with a key of the member's workspace; its secret is the token. */
export async function openKey(member: MemberCtx, scopes: KeyScope[]): Promise<Person> {
  const { key } = await createKey(member, { name: 'Program', scopes })
  return { as: { ...member, actor: await authenticateKey(member, key) }, token: key }
}

/** A conversation with a new customer, as a list shows it. */
export async function openListed(member: MemberCtx, from?: string): Promise<Conversation> {
  const { id } = await openConversation(member, from === undefined ? {} : { from })
  const found = await member.conversations.find([member.actor.workspaceId], id)
  if (!found) throw new Error('The conversation is not there')
  return found
}

export const SPAM_HOLD: Hold = { score: 70, reasons: [{ code: 'spam_phrase', times: 2, points: 70 }] }

/** The customer of the conversation says something, which is held as spam where `hold` says why. */
export async function say(member: MemberCtx, conversation: Conversation, content: string, hold?: Hold) {
  const { workspaceId } = member.actor
  const appended = await member.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId: conversation.id,
    id: member.ids.short(),
    type: 'customer',
    content,
    contentKind: 'text',
    sender: `customer:${conversation.customerId}`,
    author: null,
    clientId: null,
    providerId: null,
    deliver: false,
    ...(hold && { hold }),
  })
  member.feed.publish(workspaceId, appended.event)
  return appended.message
}

/** The bot answers, by a key of the member's. */
export async function answerAsBot(member: MemberCtx, conversationId: string, content: string) {
  const { as: bot } = await openKey(member, ['ai'])
  const extras = { clientId: null, metadata: {}, inputTokens: 1, outputTokens: 2 }
  return (await sendBotAnswer(bot, { conversationId, content, ...extras })).message
}
