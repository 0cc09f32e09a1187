import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'

const MAX_CONNECTIONS = 10

/** The naive floor of an intake: one INSERT an update is awaited, and nothing is made of it. DATABASE_URL names the database. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: MAX_CONNECTIONS })
await pool.query(
  `CREATE TABLE IF NOT EXISTS floor_update (update_id bigint PRIMARY KEY, raw text NOT NULL, received_at timestamptz NOT NULL DEFAULT now())`,
)

const server = createServer(async (req, res) => {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks).toString()
  await pool.query({
    name: 'insert',
    text: 'INSERT INTO floor_update (update_id, raw) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    values: [(JSON.parse(raw) as { update_id: number }).update_id, raw],
  })
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 }).end('{}')
})
server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`))
process.on('SIGTERM', () => process.exit(0))
