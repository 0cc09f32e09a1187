import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, it } from 'vitest'
import { createIds } from '../../adapters/auth/ids.ts'
import { openPostgresStores } from '../../adapters/prisma/open-stores.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { anySteps, play } from './gateway.testing.ts'
import type { Gateway } from './gateway-checks.testing.ts'

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>
let pool: pg.Pool
beforeAll(async () => {
  opened = await openPostgresStores('gateway')()
  pool = new pg.Pool({ connectionString: opened.connectionString, max: 2 })
})
afterAll(async () => {
  await pool?.end()
  await opened?.close()
})

const LATER = `UPDATE delivery SET next_at = next_at - make_interval(secs => $1::float8 / 1000),
  lease_till = lease_till - make_interval(secs => $1::float8 / 1000), tried_since = tried_since - make_interval(secs => $1::float8 / 1000)
  WHERE state IN ('queued', 'sending')`

const CHANGE = `WITH locked AS (SELECT w.id FROM workspace w JOIN message m ON m.workspace_id = w.id WHERE m.id = $1 FOR NO KEY UPDATE OF w)
  UPDATE message m SET content = $2, deleted_at = CASE WHEN $3 = 'delete' THEN now() END, extras = NULL FROM locked WHERE m.id = $1`

let people = 0

async function open(): Promise<Gateway> {
  const { ctx: base, clock } = createTestCtx()
  // PostgreSQL has its own idea of now.
  clock.advance(Date.now() - clock.now())
  const ctx = { ...base, ...opened.stores, ids: createIds() }
  return {
    ctx,
    withinMs: 100,
    anna: await actAs(ctx, `anna${++people}`),
    pass: async (ms) => {
      clock.advance(ms)
      await pool.query(LATER, [ms])
    },
    change: async (messageId, op, content) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        await client.query(CHANGE, [messageId, content, op])
        await client.query(
          'SELECT queue_change(c, $1, $2, NULL, now()) FROM conversation c JOIN message m ON m.conversation_id = c.id WHERE m.id = $1',
          [messageId, op],
        )
        await client.query('COMMIT')
      } finally {
        client.release()
      }
    },
  }
}

it.each(['telegram', 'instagram'] as const)(
  'brings every message once and in order, or says why not, whatever %s does, on PostgreSQL too',
  async (source) => {
    const plays = fc.asyncProperty(anySteps(source), async (steps) => play(await open(), source, steps))
    await fc.assert(plays, { numRuns: 8 })
  },
)
