import type { Pool } from 'pg'
import { createBacklog } from '../adapters/prisma/backlog.ts'
import type { Metrics } from '../core/ports/metrics.ts'

/** Gauges of what waits in the database, and of its connections. */
export function measureDatabase(metrics: Metrics, pool: Pool) {
  const backlog = createBacklog(pool)
  metrics.gauge('peyk_outbox', async () => ({ ...(await backlog.outbox()) }))
  metrics.gauge('peyk_delivery_queue', () => backlog.queues())
  metrics.gauge('peyk_inbox', async () => ({ ...(await backlog.inbox()) }))
  metrics.gauge('peyk_database_connections', () => ({
    total: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  }))
}
