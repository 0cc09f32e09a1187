import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { LiveReader } from '../support/console.ts'
import { createDatabase, makeSecrets, query } from '../support/database.ts'
import { embeddedUrl, familyOf, findPostmaster, isRunning, TemporaryFolder } from '../support/folder.ts'
import { type Ended, PeykNode, runToEnd, startNode } from '../support/node.ts'
import { chatPath, RawSocket } from '../support/raw-socket.ts'
import { freePort } from '../support/redis.ts'
import { call, register } from '../support/rest.ts'
import { expectNoSecrets, Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

const isRoot = process.getuid?.() === 0

let shop: Shop
test.beforeAll(async () => {
  shop = await Shop.open(7_500_001)
})
test.afterAll(() => shop.close())

/** A refusal is one sentence for people: no trace, no list, nothing on standard output that says otherwise. */
function expectSentence({ code, stdout, stderr }: Ended, sentence: RegExp) {
  const lines = stderr.trim().split('\n')
  expect(lines, stderr).toHaveLength(1)
  expect(lines[0]).toMatch(sentence)
  expect(lines[0]).toMatch(/\.$/)
  expect(stderr).not.toMatch(/\bat .+:\d+:\d+|node:internal|Error:/)
  expect(stdout).not.toContain('ready at')
  expect(code).toBe(1)
}

const folderOf = async (work: (folder: TemporaryFolder) => Promise<void>) => {
  const folder = new TemporaryFolder()
  try {
    await work(folder)
  } finally {
    folder.remove()
  }
}

test('a taken port is told in a sentence, and nothing is left in DATA_DIR or running', () =>
  folderOf(async (folder) => {
    const PORT = shop.host.split(':')[1] ?? ''
    const DATA_DIR = folder.at('data')
    expectSentence(await runToEnd({ PORT, DATA_DIR }), new RegExp(`^Port ${PORT} is taken`))
    expect(existsSync(DATA_DIR)).toBe(false)
  }))

test('a second start on the same DATA_DIR is told in a sentence, and the first goes on', async () => {
  const postgres = findPostmaster(shop.dataDir)
  const refused = await runToEnd({ DATA_DIR: shop.dataDir, DEMO: 'false' })
  expectSentence(refused, /^Peyk is already running on \/.+\.$/)
  expectNoSecrets(refused.stdout + refused.stderr, shop.secrets)
  expect(findPostmaster(shop.dataDir)).toEqual(postgres)
  expect((await call(shop.host, '/readyz')).status).toBe(200)
})

test('a DATA_DIR that is a file, lies below one or cannot be written is told in a sentence', () =>
  folderOf(async (folder) => {
    writeFileSync(folder.at('file'), '')
    for (const DATA_DIR of [folder.at('file'), folder.at('file', 'data'), '/proc/peyk-data'])
      expectSentence(await runToEnd({ DATA_DIR }), /^DATA_DIR \/.+ cannot be used: .+\.$/)
  }))

test('bad settings are all named in one sentence, without their values', async () => {
  const secret = 'hunter2-is-not-hex'
  const bad = {
    PORT: 'eighty',
    PUBLIC_URL: 'desk.example',
    DATABASE_URL: 'mysql://peyk:hunter2@db/peyk',
    REDIS_URL: 'http://redis',
    ENCRYPTION_KEY: secret,
    LOG_LEVEL: 'loud',
    DEMO: 'maybe',
    EXTERNAL_SEND_WAIT_MS: '-1',
  }
  const ended = await runToEnd(bad)
  expectSentence(ended, /^These settings are not usable: .+\.$/)
  for (const name of Object.keys(bad)) expect(ended.stderr).toContain(name)
  expect(ended.stderr).not.toContain('hunter2')
})

test('DATABASE_URL without the three secrets names all that are missing', async () => {
  const ended = await runToEnd({ DATABASE_URL: 'postgresql://peyk:hunter2@127.0.0.1:1/peyk' })
  expectSentence(ended, /AUTH_SECRET.+JWT_SECRET.+ENCRYPTION_KEY/)
  expect(ended.stderr).not.toContain('hunter2')
})

test('a database that cannot be reached or does not let us in is told in a sentence, without its password', async () => {
  const secrets = makeSecrets()
  const own = new URL(embeddedUrl(shop.dataDir))
  own.password = 'hunter2-wrong'
  for (const DATABASE_URL of ['postgresql://peyk:hunter2@127.0.0.1:1/peyk', own.href]) {
    const ended = await runToEnd({ DATABASE_URL, ...secrets })
    expectSentence(ended, /^The database at 127\.0\.0\.1:\d+ /)
    expectNoSecrets(ended.stdout + ended.stderr, [...Object.values(secrets), 'hunter2-wrong', ':hunter2@'])
  }
})

test('a key that did not seal what is stored is told in a sentence, and named as old it lets the start be', async () => {
  const secrets = makeSecrets()
  const DATABASE_URL = embeddedUrl(shop.dataDir)
  const ended = await runToEnd({ DATABASE_URL, ...secrets })
  expectSentence(ended, /^ENCRYPTION_KEY is not the key with which the stored credentials were sealed: .+\.$/)
  expectNoSecrets(ended.stdout + ended.stderr, [...Object.values(secrets), ...shop.secrets])
  const { encryption } = JSON.parse(readFileSync(path.join(shop.dataDir, 'secrets.json'), 'utf8'))
  const node = await startNode({ DATABASE_URL, ...secrets, ENCRYPTION_KEY_OLD: encryption })
  expect((await node.stop()).code).toBe(0)
})

test('a database whose locale breaks search in Persian is told in a sentence, and stays empty', async () => {
  const url = embeddedUrl(shop.dataDir)
  const options = `TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'UTF8'`
  const DATABASE_URL = await createDatabase(url, 'persian_unsafe', options)
  const ended = await runToEnd({ DATABASE_URL, ...makeSecrets() })
  expectSentence(ended, /^The locale of the database breaks search in Persian: /)
  expect(await query(DATABASE_URL, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).toEqual([])
})

test('an old Node is told in a sentence before anything else is read', () =>
  folderOf(async (folder) => {
    // The start itself, in front of which stands a Node that says it is old.
    const preload = folder.at('old.cjs')
    const old = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' })\n"
    writeFileSync(preload, `${old}Object.defineProperty(process, 'version', { value: 'v18.20.4' })\n`)
    const ended = await runToEnd({ DATA_DIR: folder.at('data') }, ['--require', preload, 'bin/start.mjs'])
    expectSentence(ended, /^Peyk needs Node 20\.19 or newer; this is v18\.20\.4\.$/)
    expect(existsSync(folder.at('data'))).toBe(false)
  }))

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`${signal} sends the clients away, ends with 0 and leaves no process behind, and the next start works`, async () => {
    const id = await shop.conversation(501)
    const socket = await RawSocket.open(shop.host, chatPath(id, shop.owner.access))
    const reader = new LiveReader(() => shop.console).followSignals()
    await expect.poll(() => reader.signals.length).toBeGreaterThan(0)
    const family = [...familyOf(shop.node.pid), ...familyOf(findPostmaster(shop.dataDir)?.pid ?? 0)]
    expect(family.length).toBeGreaterThan(3)

    const { code, stdout, stderr } = await shop.node.stop(signal)
    await socket.until(() => socket.closed !== null)
    expect(socket.closed).toMatchObject({ code: 1012 })
    await expect.poll(() => reader.closeCodes[0]).toBe(1012)
    await reader.close()
    expect(code).toBe(0)
    expect(stderr).toBe('')
    expect(family.filter(isRunning)).toEqual([])
    expectNoSecrets(stdout, shop.secrets)
    await shop.startAgain()
    expect((await shop.console.thread(id)).length).toBeGreaterThan(0)
  })

test('a signal while the database is still being made ends the start and leaves no process behind', () =>
  folderOf(async (folder) => {
    const DATA_DIR = folder.at('data')
    const node = new PeykNode({ DATA_DIR, DEMO: 'false' }, ['dist/server.mjs'])
    await expect.poll(() => existsSync(DATA_DIR), { intervals: [5] }).toBe(true)
    await node.stop('SIGINT')
    await expect.poll(() => findPostmaster(DATA_DIR), 'PostgreSQL is gone').toBeNull()
    const again = await startNode({ DATA_DIR, DEMO: 'false' })
    expect((await again.stop()).code).toBe(0)
  }))

test('whoever comes while a node starts is told that it lives and to come again, and is served afterwards', () =>
  folderOf(async (folder) => {
    const port = await freePort()
    const settings = { DATA_DIR: folder.at('data'), DEMO: 'false', PORT: String(port) }
    const node = new PeykNode(settings, ['dist/server.mjs'])
    const host = `127.0.0.1:${port}`
    const statusOf = async (path: string) => (await call(host, path).catch(() => null))?.status
    await expect.poll(() => statusOf('/healthz'), { intervals: [5] }).toBe(200)
    // The database is still being made.
    for (const early of ['/readyz', '/inbox', '/api/v1/usr/profile'])
      expect(await statusOf(early), early).toBe(503)
    const socket = new RawSocket(host, '/ws/conversations/')
    await socket.until(() => socket.refused !== null)
    expect(socket.refused).toBe(503)
    await node.ready()
    expect([await statusOf('/readyz'), await statusOf('/api/v1/usr/profile')]).toEqual([200, 401])
    expect((await node.stop()).code).toBe(0)
  }))

test('kill -9 of node and PostgreSQL is recovered from by the next start', async () => {
  const id = await shop.conversation(502, 'Before the power went')
  const postgres = findPostmaster(shop.dataDir)?.pid ?? 0
  await shop.node.kill()
  process.kill(postgres, 'SIGKILL')
  await expect.poll(() => isRunning(postgres)).toBe(false)
  await shop.startAgain()
  expect((await shop.console.thread(id)).map(({ content }) => content)).toEqual(['Before the power went'])
})

test('a DATA_DIR below a folder that only root may enter works for root', async () => {
  if (!isRoot) return
  await folderOf(async (folder) => {
    mkdirSync(folder.at('closed'))
    chmodSync(folder.at('closed'), 0o700)
    const DATA_DIR = folder.at('closed', 'data')
    const first = await startNode({ DATA_DIR, DEMO: 'false' })
    const away = /kept in (\/\S+),/.exec(first.output)?.[1] ?? ''
    expect(away).toMatch(/^\/var\/lib\/peyk\/\w+$/)
    try {
      const person = await register(first.host, 'sara')
      const postgres = findPostmaster(away)?.pid ?? 0
      expect(isRunning(postgres)).toBe(true)
      expect((await first.stop()).code).toBe(0)
      expect(isRunning(postgres)).toBe(false)
      expect(statSync(path.join(DATA_DIR, 'secrets.json')).mode & 0o777).toBe(0o600)

      const second = await startNode({ DATA_DIR, DEMO: 'false' })
      const known = await call(second.host, '/api/v1/message/user-conversation', { token: person.access })
      expect(known.status).toBe(200)
      expect((await second.stop()).code).toBe(0)
    } finally {
      spawnSync('rm', ['-rf', away])
    }
  })
})

test('the demo prints its sign-in on a line of its own, keeps it, and nothing else that is secret', () =>
  folderOf(async (folder) => {
    const DATA_DIR = folder.at('data')
    const first = await startNode({ DATA_DIR })
    await expect.poll(() => /^Demo sign-in: (\S+) \/ (\S+)$/m.exec(first.output)).not.toBeNull()
    const line = /^Demo sign-in: .+$/m.exec(first.output)?.[0]
    const ended = await first.stop()
    expect(ended.code).toBe(0)
    const second = await startNode({ DATA_DIR })
    await expect.poll(() => second.output).toContain(line ?? '')
    await second.stop()
  }))
