import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { createDatabase, makeSecrets, startPostgres } from '../support/database.ts'
import { findPostmaster, TemporaryFolder } from '../support/folder.ts'
import { type Ended, type Settings, startNode } from '../support/node.ts'
import { chatPath, listPath, RawSocket } from '../support/raw-socket.ts'
import { call, register } from '../support/rest.ts'
import { expectNoSecrets, Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

const root = path.resolve(import.meta.dirname, '../..')
/** How old a node's view of the blacklist may be, and a little. */
const DOORS_MS = 6_000

/**
 * Runs one command to its end; nothing of the developer's own settings reaches it. What it says is an answer and no log:
 * `token` says a token.
 */
function peyk(settings: Settings, ...args: string[]): Promise<Ended> {
  const env = { PATH: process.env.PATH, NODE_ENV: 'production' as const, ...settings }
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['bin/peyk.mjs', ...args],
      { cwd: root, env },
      (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
}

function expectRefused({ code, stdout, stderr }: Ended, sentence: RegExp) {
  expect(stderr.trim().split('\n'), stderr).toHaveLength(1)
  expect(stderr).toMatch(sentence)
  expect([code, stdout]).toEqual([1, ''])
}

test.describe('beside a running server', () => {
  let shop: Shop
  let settings: Settings
  test.beforeAll(async () => {
    shop = await Shop.open(7_510_001)
    settings = { DATA_DIR: shop.dataDir }
  })
  test.afterAll(() => shop.close())

  test('it tells figures and people, as a table and as JSON', async () => {
    const told = await peyk(settings, 'security', 'summary', '--hours', '24')
    expect([told.code, told.stderr]).toEqual([0, ''])
    expect(told.stdout).toMatch(/^timeframe hours\s+24$/m)
    const stats = await peyk(settings, '--json', 'user', 'stats', shop.owner.login)
    expect(JSON.parse(stats.stdout)).toMatchObject({ messages_sent: 0, period_hours: 24 })
    const report = await peyk(settings, 'user', 'report', String(shop.owner.id), '--json')
    expect(JSON.parse(report.stdout)).toMatchObject({ user_id: shop.owner.id })
    expectNoSecrets(told.stdout + stats.stdout + report.stdout, shop.secrets)
  })

  test('its token opens a raw socket, which it then tells of', async () => {
    const { code, stdout } = await peyk(settings, 'token', shop.owner.email)
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)])
    const conversationId = await shop.conversation(311)
    const socket = await RawSocket.open(shop.host, chatPath(conversationId, stdout.trim()))
    const kinds = async () => {
      const told = await peyk(settings, 'connections', '--json')
      return JSON.parse(told.stdout).connections.map(({ kind }: { kind: string }) => kind)
    }
    await expect.poll(kinds).toEqual(['raw-chat'])
    expect((await peyk(settings, 'connections')).stdout).toContain('sara Tester  raw-chat  127.0.0.1')
    socket.close()
  })

  test('it makes a link for a new password', async () => {
    const guest = await register(shop.host, 'guest')
    const told = await peyk(settings, 'user', 'reset-password', guest.login, '--json')
    const { url } = JSON.parse(told.stdout)
    expect(url).toMatch(/\/reset\/[\w-]{43}$/)
  })

  test('whom it keeps out is kept out within seconds, and let in again', async () => {
    const answers = async () =>
      (await call(shop.host, '/api/v1/usr/profile', { token: shop.owner.access })).status
    expect(await answers()).toBe(200)
    expect(
      (await peyk(settings, 'blacklist', 'add', '127.0.0.1', '--hours', '1', '--reason', 'drill')).code,
    ).toBe(0)
    await expect.poll(answers, { timeout: DOORS_MS }).toBe(403)
    expect((await peyk(settings, 'blacklist', 'list')).stdout).toMatch(/127\.0\.0\.1.+drill/)
    expect((await peyk(settings, 'blacklist', 'remove', '127.0.0.1')).code).toBe(0)
    await expect.poll(answers, { timeout: DOORS_MS }).toBe(200)
    expectRefused(await peyk(settings, 'blacklist', 'remove', '127.0.0.1'), /not/)
  })

  test('what fails is one line and 1, what is no command is 2 with the help', async () => {
    expectRefused(
      await peyk(settings, 'user', 'stats', 'nobody-at-all'),
      /^There is nobody called nobody-at-all\.$/m,
    )
    expectRefused(await peyk(settings, 'blacklist', 'add', 'no-address'), /address/)
    for (const args of [
      ['fly'],
      ['blacklist', 'fly'],
      ['blacklist', 'add', '::1', '--hours', '-1'],
      ['token'],
      [],
    ]) {
      const { code, stdout, stderr } = await peyk(settings, ...args)
      expect([args, code, stdout]).toEqual([args, 2, ''])
      expect(stderr).toContain('Usage: peyk')
    }
    const help = await peyk(settings, '--help')
    expect([help.code, help.stdout.includes('blacklist')]).toEqual([0, true])
  })

  test('the server goes on, and its database with it', async () => {
    const postgres = findPostmaster(shop.dataDir)
    await Promise.all([peyk(settings, 'connections'), peyk(settings, 'blacklist', 'list')])
    expect(findPostmaster(shop.dataDir)).toEqual(postgres)
    expect((await call(shop.host, '/readyz')).status).toBe(200)
  })
})

test('without a server it starts the embedded database and stops it again, and one that runs it leaves alone', async () => {
  // Three starts and as many commands that start something.
  test.slow()
  const shop = await Shop.open(7_510_002)
  const settings = { DATA_DIR: shop.dataDir }
  try {
    await shop.node.stop()
    expect(findPostmaster(shop.dataDir)).toBeNull()
    expect((await peyk(settings, 'blacklist', 'add', '203.0.113.9')).code).toBe(0)
    expect(findPostmaster(shop.dataDir)).toBeNull()
    await shop.startAgain()
    await shop.node.kill()
    const left = findPostmaster(shop.dataDir)
    expect(left).not.toBeNull()
    expect((await peyk(settings, 'blacklist', 'list')).stdout).toContain('203.0.113.9')
    expect(findPostmaster(shop.dataDir)).toEqual(left)
  } finally {
    await shop.close()
  }
})

test('where there is no database it says so and makes none', async () => {
  const folder = new TemporaryFolder()
  try {
    const DATA_DIR = folder.at('data')
    expectRefused(
      await peyk({ DATA_DIR }, 'connections'),
      /^There is no database in .+data: start Peyk there first/,
    )
    expect(existsSync(DATA_DIR)).toBe(false)
  } finally {
    folder.remove()
  }
})

test('with DATABASE_URL it works beside a node on it and without one, and shows no password', async () => {
  const folder = new TemporaryFolder()
  try {
    const DATABASE_URL = await createDatabase(await startPostgres(folder), 'shell')
    const settings = { DATABASE_URL, ...makeSecrets() }
    expectRefused(await peyk(settings, 'connections'), /older version: start Peyk once/)
    const node = await startNode(settings)
    const sara = await register(node.host, 'sara')
    const socket = await RawSocket.open(node.host, listPath(sara.access))
    await expect.poll(async () => (await peyk(settings, 'connections')).stdout).toContain('raw-conversations')
    socket.close()
    await node.stop()
    expect((await peyk(settings, 'connections')).stdout).toBe('Nobody is connected.\n')
    expect((await peyk(settings, 'blacklist', 'list')).stdout).toBe('Nobody is kept out.\n')
    const away = DATABASE_URL.replace(/:\d+\//, ':1/')
    const refused = await peyk({ ...settings, DATABASE_URL: away }, 'connections')
    expectRefused(refused, /^The database at 127\.0\.0\.1:1 cannot be reached\.$/m)
    expectNoSecrets(refused.stderr, [new URL(DATABASE_URL).password])
    expectRefused(await peyk({ DATABASE_URL }, 'connections'), /^These settings are not usable: .*JWT_SECRET/)
  } finally {
    folder.remove()
  }
})
