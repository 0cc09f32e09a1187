import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerAsBot } from '../../core/cast.testing.ts'
import { actAs, createTestCtx, openChannel } from '../../core/context.testing.ts'
import type { MemberCtx } from '../../core/context.ts'
import { changeCustomer } from '../../core/customers/change.ts'
import { eraseCustomer } from '../../core/customers/erase.ts'
import { storeMessage } from '../../core/inbound/store-message.ts'
import { submitFeedback } from '../../core/messages/feedback.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { createTags } from '../../core/tags/tags.ts'
import { createIds } from '../auth/ids.ts'
import { describeErasure } from '../suites/erasure.suite.ts'
import { COLUMNS } from './erased-columns.testing.ts'
import { openPostgresStores } from './open-stores.testing.ts'
import { tracesOf } from './traces.testing.ts'

describeErasure(openPostgresStores('erasure'))

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>
let pool: pg.Pool
beforeAll(async () => {
  opened = await openPostgresStores('erasure_traces')()
  pool = new pg.Pool({ connectionString: opened.connectionString })
})
afterAll(async () => {
  await pool?.end()
  await opened?.close()
})

const MARK = 'Zzyzx'

const traces = (text: string) => tracesOf(pool, text)

async function writeFrom(anna: MemberCtx, { channelId, sourceId, update }: Writing) {
  const workspaceId = anna.actor.workspaceId
  const raw = JSON.stringify({ from: { id: sourceId, first_name: MARK }, text: `${MARK} ${update}` })
  const at = { workspaceId, channelId, source: 'telegram' as const, key: `update:${update}`, raw, sourceId }
  const event = await anna.inbox.record(at)
  if (!event) return 'repeated'
  const names = { firstName: `First${MARK}`, lastName: `Last${MARK}`, username: `user${MARK}` }
  const message = { key: at.key, providerId: `${sourceId}:${update}`, sourceId, ...names }
  await storeMessage(anna, event, { ...message, content: `${MARK} ${update}`, kind: 'text' })
  await anna.inbox.done(event.id, 'stored')
  return 'stored'
}
interface Writing {
  channelId: number
  sourceId: string
  update: number
}

async function openMarked(sourceId: string) {
  const real = { ...opened.stores, ids: createIds(), clock: { now: Date.now } }
  const anna = await actAs({ ...createTestCtx().ctx, ...real }, randomUUID())
  const channelId = (await openChannel(anna)).id
  await writeFrom(anna, { channelId, sourceId, update: 1 })
  const sql = 'SELECT id FROM customer WHERE source_id = $1'
  const customerId = (await pool.query<{ id: number }>(sql, [sourceId])).rows[0]?.id ?? 0
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM conversation WHERE customer_id = $1', [
    customerId,
  ])
  return { anna, channelId, customerId, conversationId: rows[0]?.id ?? '' }
}

/** Puts the mark wherever a customer's words or name can come to stand. */
async function leaveMarks({ anna, customerId, conversationId, channelId }: Marked, sourceId: string) {
  const [tag] = await createTags(anna, ['VIP'])
  const names = { first_name: `${MARK} a`, email: `${MARK}@example.com`, phone_number: `${MARK} 9` }
  const fields = {
    ...names,
    description: `${MARK} b`,
    profile_picture: `https://${MARK}.example`,
    data: { [MARK]: MARK },
  }
  await changeCustomer(anna, { customerId, fields, tagIds: [tag?.id ?? 0] })
  await pool.query(
    `UPDATE customer SET bio = $2, persona_data = jsonb_build_object($2::text, $2::text) WHERE id = $1`,
    [customerId, MARK],
  )
  const sending = { conversationId, type: 'support' as const, clientId: `${MARK}-1` }
  await sendMessage(anna, { ...sending, content: `Hello ${MARK}` })
  const [claimed] = await anna.deliveries.claim(1, 60_000)
  if (!claimed) throw new Error('Nothing is due')
  const { id: deliveryId, attempt, workspaceId } = claimed
  await anna.journal.append({
    kind: 'outcome',
    ...{ workspaceId, conversationId, deliveryId, attempt },
    outcome: 'failed',
    error: `Forbidden: ${MARK} blocked the bot`,
    result: { success: false, chat: { id: sourceId, title: MARK } },
    providerId: `${sourceId}:99`,
    delayMs: 0,
  })
  const answer = await answerAsBot(anna, conversationId, `Dear ${MARK}`)
  await submitFeedback(anna, { messageId: answer.id, feedback: 'negative', comment: `${MARK} is angry` })
  await pool.query(
    `UPDATE message SET metadata = jsonb_build_object('quote', $2::text), held = true WHERE id = $1`,
    [answer.id, MARK],
  )
  await leaveChanges({ anna, customerId, conversationId, channelId }, sourceId)
  // As of before senders were kept, and of what is no message: an edit, which is stored and passed over.
  await pool.query(
    `INSERT INTO inbound_event (workspace_id, channel_id, event_key, raw, processed_at, outcome) VALUES ($1, $2, 'update:old', $3, now(), 'ignored')`,
    [anna.actor.workspaceId, channelId, `{"edited_message":{"from":{"id":${sourceId}},"text":"${MARK}"}}`],
  )
  await pool.query(
    `INSERT INTO security_event (workspace_id, kind, detail) VALUES ($1, 'spam_blocked', $2)`,
    [anna.actor.workspaceId, { conversationId, excerpt: MARK }],
  )
}

/** What comes to a message later: its texts before, what is still to be told of it, and what waits for one that never came. */
async function leaveChanges({ anna, customerId, conversationId, channelId }: Marked, sourceId: string) {
  const { workspaceId } = anna.actor
  const [first] = await anna.messages.page(conversationId, { limit: 1, after: 0 })
  const place = { workspaceIds: [workspaceId], conversationId, messageId: first?.id ?? '', at: null }
  await anna.journal.append({ kind: 'edit', ...place, content: `${MARK} edited`, deliver: true })
  await anna.journal.append({ kind: 'react', ...place, by: 'customer', emojis: [MARK], deliver: false })
  await anna.journal.amend({ kind: 'reach', workspaceIds: [workspaceId], customerId, reason: MARK })
  const raw = { workspaceId, channelId, source: 'telegram' as const, key: 'update:parked', sourceId }
  const event = await anna.inbox.record({ ...raw, raw: `{"edited_message":"${MARK}"}` })
  await anna.inbox.park(event?.id ?? '', { channelId, providerId: `${sourceId}:5` }, 60_000)
}

type Marked = Awaited<ReturnType<typeof openMarked>>

it('leaves no trace of a customer in the whole database', async () => {
  const sourceId = '7700112233'
  const marked = await openMarked(sourceId)
  await leaveMarks(marked, sourceId)
  const { anna, customerId, conversationId, channelId } = marked
  const marks = new Set((await traces(MARK)).map((trace) => trace.split(':')[0]))
  expect([...marks].sort()).toEqual(
    [
      'conversation',
      'customer',
      'delivery',
      'delivery_attempt',
      'event',
      'inbound_event',
      'message',
      'message_edit',
      'security_event',
    ].sort(),
  )
  expect(await eraseCustomer(anna, { customerId })).toEqual({ messages: 3 })
  expect(await traces(MARK)).toEqual([])
  expect(await traces(sourceId)).toEqual([])
  const thread = await anna.messages.page(conversationId, { limit: 10 })
  expect(thread.map(({ seq, type }) => [seq, type])).toEqual([
    [1, 'customer'],
    [2, 'support'],
  ])
  // The platform repeats itself: its event is known, and says nothing.
  expect(await writeFrom(anna, { channelId, sourceId, update: 1 })).toBe('repeated')
  expect(await traces(MARK)).toEqual([])
  expect(await writeFrom(anna, { channelId, sourceId, update: 2 })).toBe('stored')
  const { rows } = await pool.query('SELECT id, erased_at FROM customer WHERE source_id = $1', [sourceId])
  expect(rows).toEqual([{ id: expect.not.toSatisfy((id: number) => id === customerId), erased_at: null }])
})

it('erases the same person a second time, and one whose erasure was cut short', async () => {
  const sourceId = '7700445566'
  const { anna, channelId, customerId } = await openMarked(sourceId)
  await eraseCustomer(anna, { customerId })
  await writeFrom(anna, { channelId, sourceId, update: 2 })
  const again = await pool.query<{ id: number }>('SELECT id FROM customer WHERE source_id = $1', [sourceId])
  const second = again.rows[0]?.id ?? 0
  await anna.erasure.begin({ workspaceId: anna.actor.workspaceId, customerId: second }, 'erased:cut')
  expect(await eraseCustomer(anna, { customerId: second })).toEqual({ messages: 1 })
  expect(await traces(sourceId)).toEqual([])
})

it('has a decision for every column that can hold text', async () => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns c WHERE table_schema = 'public'
       AND (data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea') OR udt_name IN ('_text', '_varchar', '_jsonb'))`,
  )
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(COLUMNS).sort())
})

it('erases ten thousand messages in short statements', { timeout: 120_000 }, async () => {
  const { anna, customerId, conversationId } = await openMarked('7700778899')
  await pool.query(
    `INSERT INTO message (id, workspace_id, conversation_id, seq, type, content, sender)
       SELECT 'L' || n, $1, $2, n + 1, 'customer', 'long ' || n, 'customer:1' FROM generate_series(1, 9999) n`,
    [anna.actor.workspaceId, conversationId],
  )
  await pool.query('UPDATE conversation SET last_seq = 10000 WHERE id = $1', [conversationId])
  let longest = 0
  const timed: MemberCtx = {
    ...anna,
    erasure: {
      ...anna.erasure,
      async emptyMessages(...range) {
        const began = performance.now()
        const emptied = await anna.erasure.emptyMessages(...range)
        longest = Math.max(longest, performance.now() - began)
        return emptied
      },
    },
  }
  const began = performance.now()
  expect(await eraseCustomer(timed, { customerId })).toEqual({ messages: 10_000 })
  console.log(
    `10,000 messages: ${Math.round(performance.now() - began)} ms, longest statement ${Math.round(longest)} ms`,
  )
  expect(await traces('long 9999')).toEqual([])
})
