import type pg from 'pg'
import type { Conversation, ListConversations } from '../../contract/conversation.ts'
import type { Tag } from '../../contract/customer.ts'
import type { ConversationFilter } from '../../contract/filters.ts'
import type { ConversationOptions, Conversations, Page } from '../../core/ports/conversations.ts'
import {
  CONVERSATION_JSON,
  type ConversationRow,
  type CustomerRow,
  type MessageRow,
  toConversationState,
  toCustomer,
  toMessage,
} from './rows.ts'
import { containing, readPage, Where } from './where.ts'

export type FullRow = ConversationRow & {
  customer: CustomerRow
  tags: Tag[]
  last_message: MessageRow | null
}

const VIEWS = {
  open: `AND c.status <> 'closed'`,
  unread: `AND c.status <> 'closed' AND c.unread_count > 0`,
  closed: `AND c.status = 'closed'`,
  all: '',
}

const ANYWHERE = `c.title ILIKE ? OR EXISTS (SELECT 1 FROM customer k WHERE k.id = c.customer_id AND
  (k.first_name ILIKE ? OR k.last_name ILIKE ? OR k.username ILIKE ? OR k.email ILIKE ? OR concat_ws(' ', k.first_name, k.last_name) ILIKE ?))
  OR EXISTS (SELECT 1 FROM message x WHERE x.conversation_id = c.id AND NOT x.held AND lower(x.content) LIKE lower(?))`

export function createConversations(pool: pg.Pool): Conversations {
  return {
    list: (workspaceId, query) => list(pool, workspaceId, query),
    async counts(workspaceId) {
      const { rows } = await pool.query<{ open: number; unread: number; closed: number }>(
        `SELECT count(*) FILTER (WHERE status <> 'closed')::int AS open,
          count(*) FILTER (WHERE status <> 'closed' AND unread_count > 0)::int AS unread,
          count(*) FILTER (WHERE status = 'closed')::int AS closed FROM conversation WHERE workspace_id = $1 AND NOT hidden`,
        [workspaceId],
      )
      return rows[0] ?? { open: 0, unread: 0, closed: 0 }
    },
    async find(workspaceIds, id) {
      const { rows } = await pool.query<{ row: FullRow }>(
        `SELECT ${CONVERSATION_JSON} AS row FROM conversation c WHERE c.id = $1 AND c.workspace_id = ANY ($2) AND NOT c.hidden`,
        [id, workspaceIds],
      )
      return rows[0] ? { ...toConversation(rows[0].row), workspaceId: rows[0].row.workspace_id } : null
    },
    page: (workspaceIds, filter, page) => pageOf(pool, workspaceIds, { filter, page }),
    options: (workspaceIds) => options(pool, workspaceIds),
    async idsOf(workspaceIds, status, limit) {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT id FROM conversation WHERE workspace_id = ANY ($1) AND status = $2 AND NOT hidden ORDER BY id LIMIT $3',
        [workspaceIds, status, limit],
      )
      return rows.map(({ id }) => id)
    },
  }
}

const ORDERS = {
  created_at: 'c.created_at',
  updated_at: 'c.updated_at',
  title: 'c.title',
  status: 'c.status::text',
  priority: 'c.priority',
}

interface LegacyQuery {
  filter: ConversationFilter
  page: Page
}

async function pageOf(pool: pg.Pool, workspaceIds: number[], { filter, page }: LegacyQuery) {
  const { sql, values } = conditionsOf(filter, workspaceIds)
  const parts = filter.search === undefined ? browsing(sql, filter, page) : searching(sql, filter, page)
  const found = await readPage<FullRow>(pool, { ...parts, alias: 'c', values })
  return { ...found, rows: found.rows.map(toConversation) }
}

// Each workspace's part is read by its own index: one condition over several workspaces would sort them all.
function browsing(sql: string, { order: { by, isDescending } }: ConversationFilter, page: Page) {
  const direction = isDescending ? 'DESC' : 'ASC'
  const order = `${ORDERS[by]} ${direction}, c.id ${direction}`
  const first = `SELECT c.* FROM conversation c WHERE c.workspace_id = w.id ${sql} ORDER BY ${order} LIMIT ${page.offset + page.limit}`
  return {
    from: `FROM conversation c WHERE c.workspace_id = ANY ($1) ${sql}`,
    rows: `SELECT ${CONVERSATION_JSON} AS row FROM (SELECT c.* FROM unnest($1::int[]) AS w (id) CROSS JOIN LATERAL (${first}) c
      ORDER BY ${order} OFFSET ${page.offset} LIMIT ${page.limit}) c ORDER BY ${order}`,
  }
}

// Texts are searched once, for the total and for the page: that is nearly all of such a question's time.
function searching(sql: string, { order: { by, isDescending } }: ConversationFilter, page: Page) {
  const direction = isDescending ? 'DESC' : 'ASC'
  const order = `f.key ${direction}, f.id ${direction}`
  return {
    found: `SELECT c.id, c.created_at, ${ORDERS[by]} AS key FROM conversation c WHERE c.workspace_id = ANY ($1) ${sql}`,
    from: 'FROM found c',
    rows: `SELECT ${CONVERSATION_JSON} AS row FROM (SELECT f.id, f.key FROM found f ORDER BY ${order} OFFSET ${page.offset} LIMIT ${page.limit}) f
      JOIN conversation c ON c.id = f.id ORDER BY ${order}`,
  }
}

const conditionsOf = (filter: ConversationFilter, workspaceIds: number[]) =>
  new Where(workspaceIds)
    .and('NOT c.hidden')
    .and(filter.isTitleSearch ? 'c.title ILIKE ?' : ANYWHERE, containing(filter.search))
    .and('c.status = ?', filter.status)
    .and('c.source = ?', filter.source)
    .and('c.priority = ?', filter.priority)
    .and('c.is_active = ?', filter.isActive)
    .and('(c.unread_count > 0) = ?', filter.isUnread)
    .and('c.created_at >= ?', filter.createdFrom)
    .and('c.created_at <= ?', filter.createdTo)
    .and('c.created_at <= ?', filter.asOf)
    .and('c.created_at = ?', filter.createdAt)
    .and('c.updated_at = ?', filter.updatedAt)
    .and(
      'EXISTS (SELECT 1 FROM customer_tag x JOIN tag t ON t.id = x.tag_id WHERE x.customer_id = c.customer_id AND t.name = ANY (?))',
      filter.tags,
    )

async function options(pool: pg.Pool, workspaceIds: number[]): Promise<ConversationOptions> {
  const { rows } = await pool.query<ConversationOptions>(
    `SELECT COALESCE(array_agg(DISTINCT c.status::text), '{}') AS statuses, COALESCE(array_agg(DISTINCT c.source::text), '{}') AS sources,
      COALESCE(array_agg(DISTINCT c.priority), '{}') AS priorities,
      COALESCE((SELECT array_agg(DISTINCT t.name) FROM tag t WHERE t.workspace_id = ANY ($1) AND EXISTS (SELECT 1 FROM customer_tag x WHERE x.tag_id = t.id)), '{}') AS tags
      FROM conversation c WHERE c.workspace_id = ANY ($1) AND NOT c.hidden`,
    [workspaceIds],
  )
  return rows[0] ?? { statuses: [], sources: [], priorities: [], tags: [] }
}

async function list(pool: pg.Pool, workspaceId: number, { view, search, after, limit }: ListConversations) {
  const where = new Where(workspaceId).and(ANYWHERE, containing(search || undefined))
  if (after) {
    where.values.push(after.id)
    where.and(`(c.updated_at, c.id) < (?::timestamptz, $${where.values.length})`, after.updatedAt)
  }
  const { rows } = await pool.query<{ row: FullRow }>(
    `SELECT ${CONVERSATION_JSON} AS row FROM conversation c WHERE c.workspace_id = $1 AND NOT c.hidden ${VIEWS[view]} ${where.sql}
      ORDER BY c.updated_at DESC, c.id DESC LIMIT ${limit + 1}`,
    where.values,
  )
  return { rows: rows.slice(0, limit).map(({ row }) => toConversation(row)), hasMore: rows.length > limit }
}

/** A row of CONVERSATION_JSON. */
export const toConversation = (row: FullRow): Conversation => ({
  ...toConversationState(row),
  customer: toCustomer(row.customer, row.tags),
  lastMessage: row.last_message ? toMessage(row.last_message) : null,
})
