import { z } from 'zod'
import { strip } from '../../contract/characters.ts'
import { type Conversation, ConversationStatus } from '../../contract/conversation.ts'
import { parseMessageQuery } from '../../contract/filters.ts'
import { toFeedback, toLegacyMessage, toRestMessage } from '../../contract/legacy-shapes.ts'
import { readRating } from '../../contract/rating.ts'
import {
  AiMessageBody,
  FeedbackAnswer,
  FeedbackBody,
  FeedbackFailure,
  paged,
  RestError,
  RestMessage,
  SendAnswer,
  SendBody,
  StatusAnswer,
  StatusBody,
  SupportAnswer,
} from '../../contract/rest.ts'
import { workspaceIds } from '../../core/context.ts'
import { setStatus } from '../../core/conversations/set-status.ts'
import { isDomainError } from '../../core/errors.ts'
import { mediaUrlOf } from '../../core/files/links.ts'
import { submitFeedback } from '../../core/messages/feedback.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { sendBotAnswer } from '../../core/messages/send-ai.ts'
import type { AppendedMessage } from '../../core/ports/journal.ts'
import { type Answer, type MemberExchange, Refusal, refuse } from './exchange.ts'
import { answerPage, PAGING_QUERY } from './paging.ts'
import type { Route } from './route.ts'
import { findOwn, readAttachmentIds, readContent, readIdempotencyKey, requireOwn } from './send-input.ts'

type AwaitResult = (sent: AppendedMessage) => Promise<Record<string, unknown>>

/** `message/…`: sending, status, feedback and history (sections 5.1 to 5.3 of the legacy contract). */
export const messageRoutes = (awaitResult: AwaitResult): Route[] => [
  {
    method: 'POST',
    path: '/api/v1/message/conversation/{conversation_id}/send-message/',
    scopes: ['messages'],
    doc: {
      summary: 'Send a message',
      tag: 'messages',
      body: SendBody,
      answers: { 201: SendAnswer, 400: RestError, 404: RestError },
    },
    run: (exchange) => send(exchange, awaitResult),
  },
  {
    method: 'POST',
    path: '/api/v1/message/conversation/{conversation_id}/ai-message/',
    scopes: ['ai'],
    doc: {
      summary: 'Answer in the bot’s name, with an API key of the scope `ai`',
      tag: 'messages',
      body: AiMessageBody,
      answers: { 201: SendAnswer, 400: RestError, 403: RestError, 404: RestError },
    },
    run: (exchange) => answerAsBot(exchange, awaitResult),
  },
  {
    method: 'PATCH',
    path: '/api/v1/message/conversation/{conversation_id}/status/',
    scopes: ['messages'],
    doc: {
      summary: 'Change a conversation’s status',
      tag: 'conversations',
      body: StatusBody,
      answers: { 200: StatusAnswer, 400: RestError, 404: RestError },
    },
    run: changeStatus,
  },
  {
    method: 'POST',
    path: '/api/v1/message/support-answer/{conversation_id}/',
    scopes: ['messages'],
    doc: {
      summary: 'Send a message, in the oldest spelling',
      tag: 'messages',
      body: z.object({ content: z.string() }),
      answers: {
        200: SupportAnswer,
        400: z.string(),
        404: RestError,
        406: z.record(z.string(), z.array(z.string())),
      },
    },
    run: supportAnswer,
  },
  {
    method: 'POST',
    path: '/api/v1/message/message/{message_id}/feedback/',
    scopes: ['messages'],
    doc: {
      summary: 'Rate an answer of the bot',
      tag: 'messages',
      body: FeedbackBody,
      answers: { 200: FeedbackAnswer, 400: FeedbackFailure, 404: FeedbackFailure },
    },
    run: rate,
  },
  {
    method: 'GET',
    path: '/api/v1/message/user-messages',
    scopes: ['read'],
    doc: {
      summary: 'Messages of all conversations',
      tag: 'messages',
      query: {
        ...PAGING_QUERY,
        search: 'Text to be found in the content',
        ordering: '`created_at` or `-created_at`',
        conversation: 'Id of a conversation',
        type: 'Type of message',
        is_answered: '`true` or `false`',
        is_ai_response: '`true` or `false`',
        created_at: 'The exact instant',
      },
      answers: { 200: paged(RestMessage), 404: z.object({ detail: z.string() }) },
    },
    run: listMessages,
  },
]

async function send(exchange: MemberExchange, awaitResult: AwaitResult): Promise<Answer> {
  const { ctx, body } = exchange
  const attachmentIds = readAttachmentIds(body)
  const isBare = attachmentIds.length > 0 && (body.content === undefined || body.content === '')
  const content = isBare ? '' : readContent(body.content)
  const type = body.type ?? 'support'
  if (type !== 'support' && type !== 'marketing')
    throw refuse(400, 'Invalid message type. Must be "support" or "marketing"', 'INVALID_TYPE')
  const own = await requireOwn(exchange)
  const clientId = readIdempotencyKey(exchange)
  const written = { content, type, clientId, attachmentIds } as const
  const sent = await sendMessage(ctx, { conversationId: own.id, ...written }).catch(asSpam)
  return answerSent(ctx, own, { sent, result: await awaitResult(sent) })
}

const asSpam = (error: unknown): never => {
  if (isDomainError(error) && error.cause === 'spam') throw refuse(400, error.message, 'SPAM_DETECTED')
  throw error
}

async function answerAsBot(exchange: MemberExchange, awaitResult: AwaitResult): Promise<Answer> {
  const { ctx, body } = exchange
  const content = readContent(body.content)
  const own = await requireOwn(exchange)
  const extras = AiMessageBody.omit({ content: true }).safeParse(body)
  if (!extras.success)
    throw refuse(400, extras.error.issues[0]?.message ?? 'Invalid message', 'INVALID_CONTENT')
  const { metadata, input_tokens: inputTokens, output_tokens: outputTokens } = extras.data
  const clientId = readIdempotencyKey(exchange)
  const answer = { conversationId: own.id, content, clientId, metadata, inputTokens, outputTokens }
  const sent = await sendBotAnswer(ctx, answer)
  return answerSent(ctx, own, { sent, result: await awaitResult(sent) })
}

interface SentMessage {
  sent: AppendedMessage
  result: Record<string, unknown>
}

function answerSent(
  ctx: MemberExchange['ctx'],
  { id, customer }: Conversation,
  { sent, result }: SentMessage,
) {
  const { message, conversation } = sent
  const data = {
    message: toLegacyMessage(message, customer, conversation.answeredSeq, mediaUrlOf(ctx, message)),
    external_send_result: result,
    conversation_id: id,
  }
  return { status: 201, body: { status: 'success', message: 'Message sent successfully', data } }
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

// The oldest verb spells a refused text as one JSON string.
function readSpoken(given: string): string {
  try {
    return readContent(given)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { error: text } = error.answer.body as { error: string }
    throw new Refusal({ status: 400, body: `error: ${text}` })
  }
}

async function supportAnswer(exchange: MemberExchange): Promise<Answer> {
  const { ctx, body } = exchange
  const wrong = (text: string) => new Refusal({ status: 406, body: { content: [text] } })
  if (body.content === undefined || body.content === null) throw wrong('This field is required.')
  if (typeof body.content !== 'string') throw wrong('Not a valid string.')
  if (strip(body.content) === '') throw wrong('This field may not be blank.')
  const content = readSpoken(body.content)
  const own = await requireOwn(exchange)
  const clientId = readIdempotencyKey(exchange)
  const sent = await sendMessage(ctx, { conversationId: own.id, content, type: 'support', clientId })
  const conversation = { ...own, ...sent.conversation }
  const record = { ...sent.message, metadata: {}, inputTokens: 0, outputTokens: 0, conversation }
  const raw = toRestMessage(record, ctx.actor.userId)
  return {
    status: 200,
    body: { ...raw, conversation: own.id, customer: own.customerId },
  }
}

async function rate({ ctx, body, params }: MemberExchange): Promise<Answer> {
  const failure = (status: number, error: string) => new Refusal({ status, body: { success: false, error } })
  const rating = readRating(body)
  if (typeof rating === 'string') throw failure(400, rating)
  const input = { messageId: params[0] ?? '', ...rating }
  const message = await submitFeedback(ctx, input).catch((error: unknown) => {
    if (!isDomainError(error)) throw error
    throw failure(error.code === 'not_found' ? 404 : 400, error.message)
  })
  return {
    status: 200,
    body: { success: true, message: 'Feedback submitted successfully', data: toFeedback(message) },
  }
}

async function listMessages(exchange: MemberExchange): Promise<Answer> {
  const { ctx, query } = exchange
  const filter = parseMessageQuery(Object.fromEntries(query))
  const isForeign = filter?.conversationId && !(await findOwn(ctx, filter.conversationId))
  return answerPage(
    exchange,
    async (page) =>
      filter && !isForeign
        ? ctx.messages.search(workspaceIds(ctx), filter, page)
        : { rows: [], total: 0, asOf: null },
    (message) => toRestMessage(message, ctx.actor.userId),
  )
}
