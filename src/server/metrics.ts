import type { Server } from 'node:http'
import type { Container } from './container.ts'
import type { Env } from './env.ts'
import { serveMetrics } from './transports/metrics/server.ts'

/** Answers Prometheus on METRICS_PORT; null where none is set. */
export async function openMetrics(env: Env, { readMetrics: read }: Container): Promise<Server | null> {
  const port = env.METRICS_PORT
  return port === undefined || !read ? null : serveMetrics({ host: env.HOST, port, read })
}
