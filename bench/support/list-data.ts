import pg from 'pg'

export interface Size {
  conversations: number
  messages: number
}

/** Of every hundred messages so many, by the number of the message, have this word. */
export const WORDS = { common: 'order', persian: 'سفارش', rare: 'bergamot', rarePersian: 'زعفران' }
const RARE_EVERY = 20_011
const RARE_PERSIAN_EVERY = 19_997

const CUSTOMERS = `INSERT INTO customer (workspace_id, source, source_id, first_name, last_name, username, created_at, updated_at)
  SELECT $1, 'telegram', 'bench-' || n, (ARRAY['Kim', 'Sara', 'علی', 'Omid', 'پریسا', 'John', 'Leila', 'مریم'])[1 + n % 8],
    'Customer ' || n, 'bench_' || n, now() - interval '90 days' + n * interval '1 minute', now()
  FROM generate_series($2::int, $3::int) n`

const CONVERSATIONS = `INSERT INTO conversation (id, workspace_id, customer_id, title, status, source, last_seq, answered_seq, unread_count, created_at, updated_at)
  SELECT 'c' || n, $1, k.id, 'telegram - ' || k.first_name || ' ' || k.last_name,
    (CASE WHEN n % 10 < 7 THEN 'support_active' ELSE 'closed' END)::"ConversationStatus", 'telegram', $4,
    CASE WHEN n % 5 = 0 THEN $4 - 2 ELSE $4 END, CASE WHEN n % 5 = 0 THEN 1 ELSE 0 END,
    k.created_at, now() - interval '30 days' + (n * 7919 % 40000) * interval '1 minute'
  FROM generate_series($2::int, $3::int) n JOIN customer k ON k.workspace_id = $1 AND k.source_id = 'bench-' || n`

const MESSAGES = `INSERT INTO message (id, workspace_id, conversation_id, seq, type, content, sender, sender_user_id, created_at)
  SELECT 'm' || t.number, $1, c.id, s, (CASE WHEN s % 2 = 1 THEN 'customer' ELSE 'support' END)::"MessageType",
    (ARRAY['Hello, is anybody there?', 'My order has not come yet', 'سلام، وقت بخیر', 'سفارش من کجاست؟', 'Thank you very much', 'یک لحظه صبر کنید لطفا',
      'We will send it tomorrow morning', 'ممنون از پاسخ شما', 'Could you check the order again?', 'کد رهگیری را برایتان فرستادم'])[1 + (n * 31 + s * 7) % 10]
    || ' ' || md5(n || '-' || s)
    || CASE WHEN t.number % ${RARE_EVERY} = 0 THEN ' ${WORDS.rare}' WHEN t.number % ${RARE_PERSIAN_EVERY} = 0 THEN ' ${WORDS.rarePersian}' ELSE '' END,
    CASE WHEN s % 2 = 1 THEN 'customer:' || c.customer_id ELSE 'user:' || $5 END, CASE WHEN s % 2 = 0 THEN $5::int END,
    c.updated_at - ($4 - s) * interval '1 minute'
  FROM generate_series($2::int, $3::int) n JOIN conversation c ON c.id = 'c' || n, generate_series(1, $4::int) s,
    LATERAL (SELECT (n - 1) * $4 + s AS number) t`

const DELIVERIES = `INSERT INTO delivery (workspace_id, customer_id, conversation_id, message_id, state, attempts, created_at)
  SELECT m.workspace_id, c.customer_id, c.id, m.id, 'sent', 1, m.created_at
  FROM message m JOIN conversation c ON c.id = m.conversation_id
  WHERE m.workspace_id = $1 AND m.type = 'support' AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = m.id)`

/** Fills a workspace up to this size, straight into the tables; conversations that it already has stay. */
export async function fill(databaseUrl: string, owner: { id: number; email: string }, size: Size) {
  const client = new pg.Client({ connectionString: `${databaseUrl}peyk` })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: number; present: number }>(
      `SELECT m.workspace_id AS id, (SELECT count(*)::int FROM conversation c WHERE c.workspace_id = m.workspace_id) AS present
        FROM membership m WHERE m.user_id = $1`,
      [owner.id],
    )
    const [workspace] = rows
    if (!workspace) throw new Error('The owner has no workspace')
    const range = [workspace.id, workspace.present + 1, size.conversations]
    const perConversation = size.messages / size.conversations
    await client.query(CUSTOMERS, range)
    await client.query(CONVERSATIONS, [...range, perConversation])
    await client.query(MESSAGES, [...range, perConversation, owner.id])
    await client.query(DELIVERIES, [workspace.id])
    // What autovacuum does by itself within a minute.
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}
