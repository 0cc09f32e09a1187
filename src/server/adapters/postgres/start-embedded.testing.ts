import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { openEmbedded } from './embedded.ts'
import { awayFrom } from './embedded-place.ts'

export const isRoot = process.getuid?.() === 0
export const NOBODY = { uid: 65534, gid: 65534 }
const require = createRequire(import.meta.url)

type Started = {
  url: string
  pid: number
  reused: boolean
  locked: boolean
  sentences: string[]
  code?: string
  message?: string
}

/** A folder of one's own that everybody may pass through, with all that was started in it ended at the end. */
export function temporaryFolder() {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'peyk-embedded-')))
  chmodSync(root, 0o711)
  const children: ChildProcess[] = []
  const dataDirs: string[] = []
  return {
    root,
    dataDir(name = 'data') {
      const dataDir = path.join(root, name)
      dataDirs.push(dataDir)
      return dataDir
    },
    async start(dataDir: string, options: { runAs?: typeof NOBODY; script?: string } = {}) {
      const child = spawnFixture(dataDir, options)
      children.push(child)
      return { child, ...(await firstLine(child)) }
    },
    killAll: () => Promise.all(children.map(killHard)),
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map(killHard))
      for (const dataDir of dataDirs) killPostmaster(dataDir)
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** An embedded database for the tests of one file. */
export async function openTestDatabase() {
  const folder = temporaryFolder()
  const embedded = await openEmbedded({ dataDir: folder.dataDir(), log: () => {} })
  const clients: pg.Client[] = []
  const connect = async (url = embedded.url) => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    clients.push(client)
    await client.connect()
    return client
  }
  return {
    ...folder,
    url: embedded.url,
    connect,
    /** A client of a new, empty database, whose name nobody else in the file uses. */
    async createDatabase(name: string, options = '') {
      const client = await connect()
      await client.query(`CREATE DATABASE ${name} ${options}`)
      return connect(embedded.url.replace(/peyk$/, name))
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.end().catch(() => {})))
      await embedded.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

export function killHard(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

function spawnFixture(dataDir: string, { runAs, script }: { runAs?: typeof NOBODY; script?: string }) {
  const loader = pathToFileURL(require.resolve('tsx')).href
  const fixture = script ?? path.join(import.meta.dirname, 'start-embedded.fixture.ts')
  return spawn(process.execPath, ['--import', loader, fixture, dataDir], {
    ...runAs,
    cwd: path.dirname(fixture),
    env: { PATH: process.env.PATH, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function firstLine(child: ChildProcess): Promise<Started> {
  if (!child.stdout) throw new Error('the process has no output')
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line)
  throw new Error('the process ended without a word')
}

function killPostmaster(dataDir: string): void {
  for (const home of [dataDir, awayFrom(dataDir)]) {
    const pid = readPostmasterPid(home)
    if (pid > 1) process.kill(pid, 'SIGQUIT')
  }
  if (isRoot) rmSync(awayFrom(dataDir), { recursive: true, force: true, maxRetries: 5 })
}

function readPostmasterPid(home: string): number {
  try {
    const pid = Number.parseInt(readFileSync(path.join(home, 'postgres', 'postmaster.pid'), 'utf8'), 10)
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(home) ? pid : 0
  } catch {
    return 0
  }
}

export function makeFolder(folder: string, mode: number, owner?: typeof NOBODY): string {
  mkdirSync(folder)
  if (owner) chownSync(folder, owner.uid, owner.gid)
  chmodSync(folder, mode)
  return folder
}

/** One statement on a connection of its own. */
export async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
