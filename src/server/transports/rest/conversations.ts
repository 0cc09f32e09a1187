import { z } from 'zod'
import { parseConversationQuery } from '../../contract/filters.ts'
import { RestConversation } from '../../contract/legacy.ts'
import { toRestConversation } from '../../contract/legacy-shapes.ts'
import { MAX_PAGE_SIZE } from '../../contract/limits.ts'
import { paged, RestError, Updated } from '../../contract/rest.ts'
import { deleteConversation } from '../../core/conversations/delete.ts'
import { pageConversations } from '../../core/conversations/page.ts'
import { switchAll } from '../../core/conversations/switch-all.ts'
import { type Answer, type MemberExchange, Refusal } from './exchange.ts'
import { answerPage, PAGING_QUERY } from './paging.ts'
import type { Route } from './route.ts'
import { findOwn } from './send-input.ts'

const NOT_FOUND = new Refusal({ status: 404, body: { error: 'Conversation not found' } })
const BY_ACTIVITY = { order: { by: 'updated_at' as const, isDescending: true } }

/** `message/…`: lists of conversations and single ones. */
export const conversationRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/message/user-conversation',
    scopes: ['read'],
    doc: {
      summary: 'All conversations',
      tag: 'conversations',
      answers: { 200: z.array(RestConversation) },
    },
    run: listAll,
  },
  {
    method: 'GET',
    path: '/api/v1/message/user-conversation-full',
    scopes: ['read'],
    doc: {
      summary: 'Conversations by page',
      tag: 'conversations',
      query: {
        ...PAGING_QUERY,
        search: 'Text to be found in the title',
        ordering: '`created_at`, `updated_at` or `priority`, with `-` the other way round',
        status: 'Status',
        source: 'Source',
        priority: 'Priority',
        is_active: '`true` or `false`',
        created_at: 'The exact instant',
        updated_at: 'The exact instant',
      },
      answers: { 200: paged(RestConversation), 404: z.object({ detail: z.string() }) },
    },
    run: (exchange) => {
      const { ctx, query } = exchange
      const filter = parseConversationQuery(Object.fromEntries(query))
      return answerPage(
        exchange,
        (page) => pageConversations(ctx, filter, page),
        (row) => toRestConversation(row, ctx.actor.userId),
      )
    },
  },
  {
    method: 'GET',
    path: '/api/v1/message/conversation-item/{conversation_id}/',
    scopes: ['read'],
    doc: {
      summary: 'One conversation',
      tag: 'conversations',
      answers: { 200: RestConversation, 404: z.object({ error: z.string() }) },
    },
    async run({ ctx, params }) {
      const found = await findOwn(ctx, params[0])
      if (!found) throw NOT_FOUND
      return { status: 200, body: toRestConversation(found, ctx.actor.userId) }
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/message/conversation-item/{conversation_id}/',
    scopes: [],
    doc: {
      summary: 'Delete a conversation with its messages',
      tag: 'conversations',
      answers: { 204: null, 403: RestError, 404: z.object({ error: z.string() }) },
    },
    async run({ ctx, params }) {
      const found = await findOwn(ctx, params[0])
      if (!found) throw NOT_FOUND
      await deleteConversation(ctx, { conversationId: found.id })
      return { status: 204 }
    },
  },
  switchRoute('activate-all', true),
  switchRoute('disable-all', false),
]

function switchRoute(name: string, toBot: boolean): Route {
  return {
    method: 'POST',
    path: `/api/v1/message/conversations/${name}/`,
    scopes: [],
    doc: {
      summary: toBot ? 'Hand all open conversations to the bot' : 'Take all conversations back from the bot',
      tag: 'conversations',
      answers: { 200: Updated },
    },
    async run({ ctx }) {
      const updated_count = await switchAll(ctx, { toBot })
      const message = toBot ? 'All conversations were activated' : 'All conversations were disabled'
      return { status: 200, body: { message, updated_count } }
    },
  }
}

async function listAll({ ctx }: MemberExchange): Promise<Answer> {
  const all: unknown[] = []
  let asOf: string | undefined
  for (let offset = 0; ; offset += MAX_PAGE_SIZE) {
    const page = { offset, limit: MAX_PAGE_SIZE }
    const { rows, asOf: newest } = await pageConversations(ctx, { ...BY_ACTIVITY, asOf }, page)
    asOf ??= newest ?? undefined
    all.push(...rows.map((row) => toRestConversation(row, ctx.actor.userId)))
    if (rows.length < MAX_PAGE_SIZE) return { status: 200, body: all }
  }
}
