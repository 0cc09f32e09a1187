import pg from 'pg'
import { serveRooms } from './rooms.ts'

const MAX_CONNECTIONS = 10

/** The naive durable floor: one INSERT a message is awaited, then it goes out. DATABASE_URL names the database. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: MAX_CONNECTIONS })
await pool.query(
  `CREATE TABLE IF NOT EXISTS floor_message (
    id bigserial PRIMARY KEY, room text NOT NULL, content text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`,
)

serveRooms(async (room, content, publish) => {
  const { rows } = await pool.query<{ id: string; created_at: Date }>({
    name: 'insert',
    text: 'INSERT INTO floor_message (room, content) VALUES ($1, $2) RETURNING id, created_at',
    values: [room, content],
  })
  for (const { id, created_at } of rows) publish({ id, createdAt: created_at })
})
