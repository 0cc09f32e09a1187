import { z } from 'zod'
import { ConversationStatus } from '../../contract/conversation.ts'
import { parseMessageQuery } from '../../contract/filters.ts'
import { toFeedback, toRestMessage } from '../../contract/legacy-shapes.ts'
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
import { submitFeedback } from '../../core/messages/feedback.ts'
import { type Answer, type MemberExchange, Refusal, refuse } from './exchange.ts'
import { answerPage, PAGING_QUERY } from './paging.ts'
import type { Route } from './route.ts'
import { findOwn, requireOwn } from './send-input.ts'
import { type AwaitResult, answerAsBot, send, supportAnswer } from './sending.ts'

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
