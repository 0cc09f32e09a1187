import type pg from 'pg'
import type { Conversation } from '../../contract/conversation.ts'
import type { Tag } from '../../contract/customer.ts'
import type { CustomerFilter } from '../../contract/filters.ts'
import type { Page } from '../../core/ports/conversations.ts'
import type { CustomerOptions, CustomerRecord, Customers, OwnedCustomer } from '../../core/ports/customers.ts'
import { type FullRow, toConversation } from './conversations.ts'
import { CONVERSATION_JSON, type CustomerRow, TAGS_JSON, toCustomer } from './rows.ts'
import { containing, readPage, Where } from './where.ts'

type FullCustomerRow = CustomerRow & { workspace_id: number; tags: Tag[] }

const CUSTOMER_JSON = `(to_jsonb(k) || jsonb_build_object('tags', ${TAGS_JSON('k.id')}))`

const SEARCHES = {
  socket:
    "k.first_name ILIKE ? OR k.last_name ILIKE ? OR k.username ILIKE ? OR k.email ILIKE ? OR k.phone_number ILIKE ? OR concat_ws(' ', k.first_name, k.last_name) ILIKE ?",
  rest: "k.first_name ILIKE ? OR k.last_name ILIKE ? OR k.phone_number ILIKE ? OR k.description ILIKE ? OR concat_ws(' ', k.first_name, k.last_name) ILIKE ?",
}

const ORDERS = { created_at: 'k.created_at', updated_at: 'k.updated_at', first_name: 'k.first_name' }

/** Customers on PostgreSQL. */
export function createCustomers(pool: pg.Pool): Customers {
  return {
    page: (workspaceIds, filter, page) => pageOf(pool, workspaceIds, { filter, page }),
    options: (workspaceIds) => options(pool, workspaceIds),
    async findBySource(channelId, sourceId) {
      const sql = `SELECT k.id FROM channel ch JOIN customer k ON k.workspace_id = ch.workspace_id AND k.channel_id = ch.id
        WHERE ch.id = $1 AND k.source_id = $2`
      return (await pool.query<{ id: number }>(sql, [channelId, sourceId])).rows[0]?.id ?? null
    },
    async find(workspaceIds, id) {
      const { rows } = await pool.query<{ row: FullCustomerRow }>(
        `SELECT ${CUSTOMER_JSON} AS row FROM customer k WHERE k.id = $1 AND k.workspace_id = ANY ($2)`,
        [id, workspaceIds],
      )
      return rows[0] ? toOwned(rows[0].row) : null
    },
    conversationsOf: (workspaceIds, ids, limit) => conversationsOf(pool, workspaceIds, { ids, limit }),
    async batch(workspaceIds, { filter, ids }, { after, limit }) {
      const where = conditionsOf(filter, workspaceIds)
        .and('k.id = ANY (?)', ids ?? undefined)
        .and('k.id > ?', after)
      const { rows } = await pool.query<{ row: FullCustomerRow }>(
        `SELECT ${CUSTOMER_JSON} AS row FROM customer k WHERE true ${where.sql} ORDER BY k.id LIMIT ${limit}`,
        where.values,
      )
      return rows.map(({ row }) => toOwned(row))
    },
  }
}

async function pageOf(
  pool: pg.Pool,
  workspaceIds: number[],
  { filter, page }: { filter: CustomerFilter; page: Page },
) {
  const { sql, values } = conditionsOf(filter, workspaceIds)
  const direction = filter.order.isDescending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST'
  const order = `${ORDERS[filter.order.by]} ${direction}, k.id ${filter.order.isDescending ? 'DESC' : 'ASC'}`
  const from = `FROM customer k WHERE true ${sql}`
  const found = await readPage<FullCustomerRow>(pool, {
    from,
    alias: 'k',
    rows: `SELECT ${CUSTOMER_JSON} AS row FROM (SELECT k.* ${from} ORDER BY ${order} OFFSET ${page.offset} LIMIT ${page.limit}) k ORDER BY ${order}`,
    values,
  })
  return { ...found, rows: found.rows.map(toRecord) }
}

const CONVERSATION_OF = 'SELECT 1 FROM conversation c WHERE c.customer_id = k.id AND NOT c.hidden'

const conditionsOf = (filter: CustomerFilter, workspaceIds: number[]) =>
  new Where(workspaceIds)
    .and('k.workspace_id = ANY ($1)')
    .and(`EXISTS (${CONVERSATION_OF})`)
    .and(SEARCHES[filter.searchIn ?? 'socket'], containing(filter.search))
    .and('k.source = ?', filter.source)
    .and('k.email = ?', filter.email)
    .and("(COALESCE(k.email, '') <> '') = ?", filter.hasEmail)
    .and("(COALESCE(k.phone_number, '') <> '') = ?", filter.hasPhone)
    .and(`EXISTS (${CONVERSATION_OF} AND c.unread_count > 0) = ?`, filter.hasUnread)
    .and(`EXISTS (${CONVERSATION_OF} AND c.status = ?)`, filter.conversationStatus)
    .and('k.created_at >= ?', filter.createdFrom)
    .and('k.created_at <= ?', filter.createdTo)
    .and('k.updated_at >= ?', filter.updatedFrom)
    .and('k.updated_at <= ?', filter.updatedTo)
    .and('k.created_at <= ?', filter.asOf)
    .and('k.created_at = ?', filter.createdAt)
    .and('k.updated_at = ?', filter.updatedAt)
    .and(
      'EXISTS (SELECT 1 FROM customer_tag x WHERE x.customer_id = k.id AND x.tag_id = ANY (?))',
      filter.tagIds,
    )
    .and(
      'EXISTS (SELECT 1 FROM customer_tag x JOIN tag t ON t.id = x.tag_id WHERE x.customer_id = k.id AND t.name = ANY (?))',
      filter.tags,
    )

async function options(pool: pg.Pool, workspaceIds: number[]): Promise<CustomerOptions> {
  const { rows } = await pool.query<CustomerOptions>(
    `SELECT COALESCE(array_agg(DISTINCT k.source::text), '{}') AS sources, COALESCE(array_agg(DISTINCT c.status::text), '{}') AS "conversationStatuses",
      COALESCE((SELECT array_agg(DISTINCT t.name) FROM tag t WHERE t.workspace_id = ANY ($1) AND EXISTS (SELECT 1 FROM customer_tag x WHERE x.tag_id = t.id)), '{}') AS tags
      FROM conversation c JOIN customer k ON k.id = c.customer_id WHERE c.workspace_id = ANY ($1) AND NOT c.hidden`,
    [workspaceIds],
  )
  return rows[0] ?? { sources: [], tags: [], conversationStatuses: [] }
}

async function conversationsOf(
  pool: pg.Pool,
  workspaceIds: number[],
  { ids, limit }: { ids: number[]; limit: number },
): Promise<Map<number, Conversation[]>> {
  const { rows } = await pool.query<{ row: FullRow }>(
    `SELECT ${CONVERSATION_JSON} AS row FROM unnest($2::int[]) AS p (id) CROSS JOIN LATERAL
      (SELECT c.* FROM conversation c WHERE c.customer_id = p.id AND c.workspace_id = ANY ($1) AND NOT c.hidden ORDER BY c.updated_at DESC, c.id DESC LIMIT ${limit}) c
      ORDER BY c.updated_at DESC, c.id DESC`,
    [workspaceIds, ids],
  )
  const found = new Map<number, Conversation[]>(ids.map((id) => [id, []]))
  for (const { row } of rows) found.get(row.customer_id)?.push(toConversation(row))
  return found
}

const toOwned = (row: FullCustomerRow): OwnedCustomer => ({ ...toRecord(row), workspaceId: row.workspace_id })

const toRecord = (row: FullCustomerRow): CustomerRecord => ({
  ...toCustomer(row, row.tags),
  personaData: row.persona_data,
  data: row.data,
})
