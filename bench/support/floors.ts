import path from 'node:path'
import pg from 'pg'
import { root } from '../../bin/stamp.mjs'
import { startNode } from './child.ts'

export interface Floor {
  url: string
  pid: number
  stop(): Promise<void>
}

const DATABASE = 'bench_floor'

export const startBareFloor = () => startFloor('bare.ts', {})

/** On the very PostgreSQL that the product runs on, in a database of its own. */
export async function startDurableFloor(server: string): Promise<Floor> {
  const client = new pg.Client({ connectionString: `${server}postgres` })
  await client.connect()
  await client.query(`CREATE DATABASE ${DATABASE}`).finally(() => client.end())
  return startFloor('durable.ts', { DATABASE_URL: `${server}${DATABASE}` })
}

/** One INSERT an update, on the same PostgreSQL. */
export async function startWebhookFloor(server: string): Promise<Floor> {
  const floor = await startFloor('webhooks.ts', { DATABASE_URL: `${server}postgres` })
  return { ...floor, url: floor.url.replace('ws:', 'http:') }
}

async function startFloor(file: string, env: Record<string, string>): Promise<Floor> {
  const child = await startNode({
    args: ['--import', 'tsx', path.join('bench/floors', file)],
    cwd: root,
    env,
    ready: /^port (\d+)$/m,
  })
  return { url: `ws://127.0.0.1:${child.ready[1]}`, pid: child.pid, stop: child.stop }
}
