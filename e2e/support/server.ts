import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { test as base, expect } from '@playwright/test'
import { UNLIMITED } from './node.ts'
import { keepLog, keepSecretsIn } from './run-log.ts'
import { watchBrowser } from './watch.ts'

/** The built product, running by itself on an empty data folder. */
export interface Product {
  url: string
  /** The sign-in that it printed when it started. */
  demo: { login: string; password: string }
}

const root = path.resolve(import.meta.dirname, '../..')
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 20_000
const MAX_OUTPUT = 20_000

/** Playwright's `test`, with a product of each worker's own; no page of it may complain. */
export const test = base.extend<{ quiet: undefined }, { product: Product }>({
  quiet: [
    async ({ browser, context }, use) => {
      const { faults, stop } = watchBrowser(browser, context)
      await use(undefined)
      stop()
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'peyk-e2e-'))
      // Root's database runs as another user: below a folder it may not enter it would be placed elsewhere, and stay.
      chmodSync(folder, 0o711)
      const child = start(await freePort(), folder)
      keepLog(child.stdout, child.stderr)
      try {
        await use(await readProduct(child))
      } finally {
        keepSecretsIn(path.join(folder, 'data'))
        await stop(child)
        rmSync(folder, { recursive: true, force: true })
      }
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS + STOP_TIMEOUT_MS },
  ],
})

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port.')
  return address.port
}

/** Nothing of the developer's own settings reaches it. */
const start = (port: number, folder: string): ChildProcess =>
  spawn(process.execPath, ['dist/server.mjs'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      ...UNLIMITED,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: path.join(folder, 'data'),
      DEMO: 'true',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const readProduct = (child: ChildProcess): Promise<Product> =>
  new Promise((resolve, reject) => {
    let output = ''
    const fail = (reason: string) => reject(new Error(`${reason}\n${output}`))
    const timer = setTimeout(() => fail('The server did not print its address in time.'), START_TIMEOUT_MS)
    const read = (chunk: Buffer) => {
      output = (output + chunk).slice(-MAX_OUTPUT)
      const product = parse(output)
      if (product === null) return
      clearTimeout(timer)
      resolve(product)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`The server ended with ${code}.`)
    })
  })

const parse = (output: string): Product | null => {
  const url = /https?:\/\/\S+/.exec(output)?.[0]
  const [, login, password] = /(\S+@\S+)\s.*?(\S+)\s*$/m.exec(output) ?? []
  return url && login && password ? { url, demo: { login, password } } : null
}

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
  clearTimeout(timer)
}
