import type { Conversation } from '../../contract/conversation.ts'
import { ConversationStatus } from '../../contract/conversation.ts'
import { ClientId, ConversationId } from '../../contract/ids.ts'
import { toLegacyMessage, toRestConversation } from '../../contract/legacy-shapes.ts'
import { MAX_PAGE_SIZE, MAX_RAW_CONTENT } from '../../contract/limits.ts'
import { codePoints, isUnstorable, strip } from '../../contract/text.ts'
import { workspaceIds } from '../../core/context.ts'
import { setStatus } from '../../core/conversations/set-status.ts'
import { sendMessage } from '../../core/messages/send.ts'
import type { AppendedMessage } from '../../core/ports.ts'
import { type Answer, type MemberExchange, type Route, refuse } from './exchange.ts'

type AwaitResult = (sent: AppendedMessage) => Promise<Record<string, unknown>>

/** `message/…`: sections 5.1 to 5.3 of the legacy contract, as far as served (docs/protocol.md). */
export const messageRoutes = (awaitResult: AwaitResult): Route[] => [
  {
    method: 'POST',
    path: /^\/api\/v1\/message\/conversation\/([^/]+)\/send-message$/,
    run: (exchange) => send(exchange, awaitResult),
  },
  { method: 'PATCH', path: /^\/api\/v1\/message\/conversation\/([^/]+)\/status$/, run: changeStatus },
  { method: 'GET', path: /^\/api\/v1\/message\/user-conversation$/, run: listAll },
]

async function send(exchange: MemberExchange, awaitResult: AwaitResult): Promise<Answer> {
  const { ctx, body, req } = exchange
  const content = readContent(body.content)
  const type = body.type ?? 'support'
  if (type !== 'support' && type !== 'marketing')
    throw refuse(400, 'Invalid message type. Must be "support" or "marketing"', 'INVALID_TYPE')
  const { customer } = await requireOwn(exchange)
  const clientId = readKey(req.headers['idempotency-key'])
  const conversationId = exchange.params[0] ?? ''
  const sent = await sendMessage(ctx, { conversationId, content, type, clientId })
  const data = {
    message: toLegacyMessage(sent.message, customer, sent.conversation.answeredSeq),
    external_send_result: await awaitResult(sent),
    conversation_id: conversationId,
  }
  return { status: 201, body: { status: 'success', message: 'Message sent successfully', data } }
}

// A key that is too long is refused, not cut: two keys with one beginning would make one message of two.
function readKey(key: string | string[] | undefined): string | null {
  if (key === undefined || key === '') return null
  const clientId = ClientId.safeParse(key)
  if (!clientId.success)
    throw refuse(400, 'Idempotency-Key must have at most 64 characters', 'INVALID_IDEMPOTENCY_KEY')
  return clientId.data
}

function readContent(given: unknown): string {
  if (given !== undefined && given !== null && typeof given !== 'string')
    throw refuse(400, 'Message content must be a string', 'INVALID_CONTENT')
  const content = strip(given ?? '')
  if (content === '') throw refuse(400, 'Message content is required', 'EMPTY_CONTENT')
  if (codePoints(content) > MAX_RAW_CONTENT)
    throw refuse(400, 'Message content too long (max 1000 characters)', 'CONTENT_TOO_LONG')
  if (isUnstorable(content)) throw refuse(400, 'Message content cannot be stored', 'INVALID_CONTENT')
  return content
}

async function changeStatus(exchange: MemberExchange): Promise<Answer> {
  const given = exchange.body.status
  if (given === undefined || given === null || given === '')
    throw refuse(400, 'Status is required', 'MISSING_STATUS')
  const status = ConversationStatus.safeParse(given)
  if (!status.success)
    throw refuse(
      400,
      `Invalid status. Must be one of: ${ConversationStatus.options.join(', ')}`,
      'INVALID_STATUS',
    )
  const { id, status: old } = await requireOwn(exchange)
  await setStatus(exchange.ctx, { conversationId: id, status: status.data })
  const data = { conversation_id: id, old_status: old, new_status: status.data }
  return {
    status: 200,
    body: { status: 'success', message: 'Conversation status updated successfully', data },
  }
}

async function requireOwn({ ctx, params }: MemberExchange): Promise<Conversation> {
  const id = ConversationId.safeParse(params[0])
  const found = id.success ? await ctx.conversations.find(workspaceIds(ctx), id.data) : null
  if (!found) throw refuse(404, 'Conversation not found or access denied', 'CONVERSATION_NOT_FOUND')
  return found
}

async function listAll({ ctx }: MemberExchange): Promise<Answer> {
  const all: unknown[] = []
  for (let offset = 0; ; offset += MAX_PAGE_SIZE) {
    const { rows } = await ctx.conversations.page(workspaceIds(ctx), { offset, limit: MAX_PAGE_SIZE })
    all.push(...rows.map((row) => toRestConversation(row, ctx.actor.userId)))
    if (rows.length < MAX_PAGE_SIZE) return { status: 200, body: all }
  }
}
