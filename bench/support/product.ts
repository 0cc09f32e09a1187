import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { root } from '../../bin/stamp.mjs'
import { startNode } from './child.ts'
import { freePort } from './free-port.ts'

export interface Product {
  url: string
  pid: number
  /** The first process of its own PostgreSQL. */
  postmaster: number
  databaseUrl: string
  /** From the command to "is ready". */
  readyMs: number
  /** Where its inspector listens, when it was asked to. */
  inspector: string | null
  stop(): Promise<void>
}

interface Start {
  dataDir: string
  platform: string
  inspect: boolean
  /** Without them nothing is counted and no text is scored. */
  limits?: boolean
}

/** A folder that PostgreSQL's own user may pass through, so that the database lies inside it. */
export function makeDataDir() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'peyk-bench-'))
  chmodSync(folder, 0o711)
  return {
    dataDir: path.join(folder, 'data'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Starts the built product as `npm start` does, on its own PostgreSQL. */
export async function startProduct({ dataDir, platform, inspect, limits = true }: Start): Promise<Product> {
  const began = performance.now()
  const port = await freePort()
  const child = await startNode({
    args: [...(inspect ? ['--inspect=127.0.0.1:0'] : []), 'bin/start.mjs'],
    cwd: root,
    env: {
      PORT: String(port),
      DATA_DIR: dataDir,
      TELEGRAM_API_ROOT: platform,
      EXTERNAL_SEND_WAIT_MS: '0',
      // Every limit is counted and none is reached.
      MAX_MESSAGES_PER_MINUTE: '10000000',
      MAX_CONNECTIONS_PER_USER: '10000',
      MAX_CONNECTIONS_PER_MINUTE: '1000000',
      ENABLE_RATE_LIMITING: String(limits),
      // What is measured is our own speed, not the platform's.
      ENABLE_DELIVERY_PACE: 'false',
      ENABLE_SPAM_DETECTION: String(limits),
      DEMO: 'false',
    },
    ready: /Peyk is ready at (\S+)/,
  })
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    ...readPostgres(dataDir),
    readyMs: performance.now() - began,
    inspector: /Debugger listening on (ws:\S+)/.exec(child.output())?.[1] ?? null,
    stop: child.stop,
  }
}

function readPostgres(dataDir: string) {
  const lines = readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(path.join(dataDir, 'postgres-password'), 'utf8').trim()
  return {
    postmaster: Number(lines[0]),
    databaseUrl: `postgresql://postgres:${password}@127.0.0.1:${Number(lines[3])}/`,
  }
}
