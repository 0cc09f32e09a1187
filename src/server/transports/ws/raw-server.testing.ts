import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Conversation } from '../../contract/conversation.ts'
import { SessionWatch } from '../../core/accounts/session-watch.ts'
import { openTokens } from '../../core/accounts/tokens.ts'
import { actAs, BEGINNING, createTestCtx, openConversation } from '../../core/context.testing.ts'
import type { Ctx, MemberCtx } from '../../core/context.ts'
import { authenticateKey, createKey } from '../../core/keys/keys.ts'
import { sendBotAnswer } from '../../core/messages/send-ai.ts'
import type { Settings } from '../../core/ports.ts'
import { RawClient } from './raw-client.testing.ts'
import { RawServer } from './server.ts'

/** A person with a workspace of their own and an access token. */
export interface Person {
  as: MemberCtx
  token: string
}

/** The raw protocol's sockets on a free port, over stores in memory. */
export async function startRaw(settings: Partial<Settings> = {}) {
  const test = createTestCtx(settings)
  const { ctx } = test
  // Tokens are verified by the real time, and rooms wait by it.
  test.clock.advance(Date.now() - BEGINNING)
  const raw = new RawServer(ctx)
  const server = createServer()
  server.on('upgrade', (req, socket, head) => {
    const url = new URL(req.url ?? '/', 'http://localhost')
    if (raw.serves(url)) raw.upgrade(url, req, socket, head)
    else socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  if (ctx.sessions instanceof SessionWatch) ctx.sessions.start()
  const enter = async (name: string): Promise<Person> => {
    const as = await actAs(ctx, name)
    return { as, token: await openToken(ctx, as.actor.userId) }
  }
  const connect = (path: string, { token }: Person) =>
    RawClient.open(port, `${path}${path.includes('?') ? '&' : '?'}token=${token}`)
  const close = async () => {
    if (ctx.sessions instanceof SessionWatch) ctx.sessions.close()
    raw.close()
    await new Promise((resolve) => server.close(resolve))
  }
  return { ...test, raw, port, enter, connect, close }
}

const openToken = async (ctx: Ctx, userId: number) =>
  (await openTokens(ctx, userId, { userAgent: '', address: '' })).access_token

/** The paths of the three sockets. */
export const chatPath = (id: string) => `/ws/chat/${id}/`
export const CONVERSATIONS = '/ws/conversations/'
export const CUSTOMERS = '/ws/customers/'

/** A customer of the conversation says something. */
export async function say(ctx: Ctx, workspaceId: number, conversation: Conversation, content: string) {
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId: conversation.id,
    id: ctx.ids.short(),
    type: 'customer',
    content,
    contentKind: 'text',
    sender: `customer:${conversation.customerId}`,
    author: null,
    clientId: null,
    providerId: null,
    deliver: false,
  })
  ctx.feed.publish(workspaceId, appended.event)
  return appended.message
}

/** The bot answers, by an API key of the member's. */
export async function answerAsBot(member: MemberCtx, conversationId: string, content: string) {
  const { key } = await createKey(member, { name: 'Bot', scopes: ['ai'] })
  const bot = { ...member, actor: await authenticateKey(member, key) }
  const extras = { clientId: null, metadata: {}, inputTokens: 1, outputTokens: 2 }
  return (await sendBotAnswer(bot, { conversationId, content, ...extras })).message
}

export const openFullConversation = async (member: MemberCtx): Promise<Conversation> => {
  const { id } = await openConversation(member)
  const found = await member.conversations.find([member.actor.workspaceId], id)
  if (!found) throw new Error('The conversation is not there')
  return found
}
