import type pg from 'pg'
import type { ConversationState } from '../../contract/conversation.ts'
import type { LiveEvent } from '../../contract/event.ts'
import type { Delivery, Message } from '../../contract/message.ts'
import { DomainError } from '../../core/errors.ts'
import type { Appended, AppendedMessage, Journal, LogPage, MessageDraft } from '../../core/ports/journal.ts'
import { Batcher } from './batcher.ts'
import { type Draft, toChangeInput, toMessageInput } from './drafts.ts'
import { EVENT_SQL, type EventRow, toLiveEvent } from './events.ts'
import {
  type ConversationRow,
  MESSAGE_JSON,
  type MessageRow,
  toConversationState,
  toMessage,
} from './rows.ts'

interface MessageResult {
  missing: boolean
  repeated: string | null
  seq: number
  event_seq: string | null
  at: Date
  delivery_state: Delivery['state'] | null
  delivery_error: string | null
  conversation: ConversationRow | null
}

interface ChangeResult {
  workspace: number
  missing: boolean
  event_seq: string | null
  detail: { customer?: number }
  conversation: ConversationRow | null
}

type Change = Omit<Appended, 'conversation'> & {
  conversation: ConversationState | null
  customerId: number | null
}

const notFound = (draft?: Draft) =>
  new DomainError(
    'not_found',
    draft && 'customerId' in draft ? 'Customer not found' : 'Conversation not found',
  )

/** The database refuses to write to what was erased, in words of its own. */
function asRefusal(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'PY001') throw new DomainError('conflict', 'This customer was erased', { cause: error })
  if (code !== 'PY002') throw error
  throw new DomainError('conflict', 'A file was sent already, or is not there any more', { cause: error })
}

/** The event log on PostgreSQL: appends are grouped, each group is one statement (see the first migration). */
export function createJournal(pool: pg.Pool): Journal {
  const messages = new Batcher<MessageDraft, AppendedMessage>((drafts) => appendMessages(pool, drafts))
  const changes = new Batcher<Draft, Change>((drafts) => appendChanges(pool, drafts))
  return {
    appendMessage: (draft) => messages.add(draft).catch(asRefusal),
    async append(draft) {
      const { conversation, ...change } = await changes.add(draft).catch(asRefusal)
      if (!conversation) throw notFound(draft)
      return { ...change, conversation }
    },
    amend: (draft) => changes.add(draft).catch(asRefusal),
    read: (workspaceId, after, limit) => readLog(pool, workspaceId, after, limit),
    heads: (ids) => readHeads(pool, ids),
    position: (workspaceId) => readPosition(pool, workspaceId),
  }
}

async function appendMessages(pool: pg.Pool, drafts: MessageDraft[]): Promise<(AppendedMessage | Error)[]> {
  const { rows } = await pool.query<MessageResult>({
    name: 'append_messages',
    text: 'SELECT * FROM append_messages($1::jsonb)',
    values: [JSON.stringify(drafts.map(toMessageInput))],
  })
  return Promise.all(drafts.map((draft, index) => toAppendedMessage(pool, draft, rows[index])))
}

async function toAppendedMessage(pool: pg.Pool, draft: MessageDraft, row: MessageResult | undefined) {
  if (!row || row.missing) return notFound()
  if (row.repeated !== null) return readRepeated(pool, row.repeated)
  if (!row.conversation) return new Error('An appended message came back without its conversation')
  const conversation = toConversationState(row.conversation)
  const message = toStoredMessage(draft, row)
  const event = toMessageEvent(draft, { seq: Number(row.event_seq), conversation, message })
  return { workspaceId: row.conversation.workspace_id, conversation, message, event, repeated: false }
}

type Told = Pick<AppendedMessage, 'conversation' | 'message'> & { seq: number }

const toMessageEvent = (draft: MessageDraft, { seq, conversation, message }: Told): LiveEvent => {
  const base = { seq, at: message.createdAt }
  return draft.hold
    ? { type: 'message.held', ...base, conversationId: conversation.id, messageId: message.id }
    : { type: 'message.sent', ...base, conversation, message }
}

const toStoredMessage = (draft: MessageDraft, row: MessageResult): Message => ({
  id: draft.id,
  conversationId: draft.conversationId,
  seq: row.seq,
  type: draft.type,
  kind: draft.contentKind,
  content: draft.content,
  clientId: draft.clientId,
  author: draft.author,
  createdAt: row.at.toISOString(),
  editedAt: null,
  deletedAt: null,
  feedback: 'none',
  feedbackComment: '',
  feedbackAt: null,
  delivery: row.delivery_state
    ? {
        state: row.delivery_state,
        attempts: 0,
        error: row.delivery_error,
        nextAt: null,
        // What is queued with an error waits for its channel.
        ...(row.delivery_state === 'queued' &&
          row.delivery_error !== null && { next: 'reconnection' as const }),
      }
    : null,
  ...(draft.attachments && { attachments: draft.attachments }),
  ...(draft.extras && { extras: draft.extras }),
})

async function readRepeated(pool: pg.Pool, id: string): Promise<AppendedMessage | Error> {
  const { rows } = await pool.query<{ message: MessageRow; conversation: ConversationRow }>({
    name: 'repeated',
    text: `SELECT ${MESSAGE_JSON} AS message, to_jsonb(c) AS conversation FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = $1`,
    values: [id],
  })
  const row = rows[0]
  if (!row) return notFound()
  const conversation = toConversationState(row.conversation)
  return {
    workspaceId: row.conversation.workspace_id,
    conversation,
    message: toMessage(row.message),
    event: null,
    repeated: true,
  }
}

async function appendChanges(pool: pg.Pool, drafts: Draft[]): Promise<(Change | Error)[]> {
  const { rows } = await pool.query<ChangeResult>({
    name: 'append_changes',
    text: 'SELECT * FROM append_changes($1::jsonb)',
    values: [JSON.stringify(drafts.map(toChangeInput))],
  })
  const seqs = rows.flatMap((row) =>
    row.event_seq === null ? [] : [{ id: row.workspace, seq: row.event_seq }],
  )
  const events = await readEvents(pool, seqs)
  return rows.map((row, index) => {
    if (row.missing) return notFound(drafts[index])
    const workspaceId = row.workspace
    const event = row.event_seq === null ? null : (events.get(`${workspaceId}:${row.event_seq}`) ?? null)
    const conversation = row.conversation && toConversationState(row.conversation)
    return { workspaceId, conversation, event, customerId: row.detail.customer ?? null }
  })
}

async function readEvents(
  pool: pg.Pool,
  keys: { id: number; seq: string }[],
): Promise<Map<string, LiveEvent>> {
  if (keys.length === 0) return new Map()
  const { rows } = await pool.query<EventRow>({
    name: 'events_by_key',
    text: `${EVENT_SQL} JOIN unnest($1::int[], $2::bigint[]) AS key (workspace_id, seq) ON e.workspace_id = key.workspace_id AND e.seq = key.seq`,
    values: [keys.map((key) => key.id), keys.map((key) => key.seq)],
  })
  return new Map(
    rows.flatMap((row) => {
      const event = toLiveEvent(row)
      return event ? [[`${row.workspace_id}:${row.seq}`, event] as const] : []
    }),
  )
}

async function readLog(pool: pg.Pool, workspaceId: number, after: number, limit: number): Promise<LogPage> {
  const { rows: spaces } = await pool.query<{ epoch: string; head_seq: string; floor_seq: string }>({
    name: 'log_head',
    text: 'SELECT epoch, head_seq, floor_seq FROM workspace WHERE id = $1',
    values: [workspaceId],
  })
  const space = spaces[0]
  if (!space) throw notFound()
  const { rows } = await pool.query<EventRow>({
    name: 'log_read',
    text: `${EVENT_SQL} WHERE e.workspace_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`,
    values: [workspaceId, after, limit],
  })
  const head = Number(space.head_seq)
  const last = Number(rows.at(-1)?.seq ?? 0)
  const through = rows.length < limit ? Math.max(head, last) : last
  const events = rows.flatMap((row) => toLiveEvent(row) ?? [])
  return { epoch: space.epoch, head, floor: Number(space.floor_seq), through, events }
}

async function readHeads(pool: pg.Pool, ids: number[]): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ id: number; head_seq: string }>({
    name: 'log_heads',
    text: 'SELECT id, head_seq FROM workspace WHERE id = ANY ($1)',
    values: [ids],
  })
  return new Map(rows.map((row) => [row.id, Number(row.head_seq)]))
}

async function readPosition(pool: pg.Pool, workspaceId: number) {
  const { epoch, head } = await readLog(pool, workspaceId, Number.MAX_SAFE_INTEGER, 1)
  return { epoch, head }
}
