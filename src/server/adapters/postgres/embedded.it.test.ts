import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { openEmbedded } from './embedded.ts'
import { isRoot, killHard, NOBODY, query, temporaryFolder } from './start-embedded.testing.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const silent = () => {}

async function waitUntil(condition: () => boolean) {
  await expect.poll(condition, { timeout: 10_000, interval: 10 }).toBe(true)
}

function isRunning(pid: number) {
  return existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''
}

it('keeps what was written over a restart, and close() may be called twice', async () => {
  await using folder = temporaryFolder()
  const dataDir = folder.dataDir('a folder با فاصله')
  const first = await openEmbedded({ dataDir, log: silent })
  await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n')
  await Promise.all([first.close(), first.close()])
  expect(isRunning(first.pid)).toBe(false)

  const second = await openEmbedded({ dataDir, log: silent })
  expect(second.reused).toBe(false)
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
  await second.close()
})

it('lets in who knows the password, over TCP on the loopback address, and nobody else', async () => {
  await using folder = temporaryFolder()
  const dataDir = folder.dataDir()
  const { url, close } = await openEmbedded({ dataDir, log: silent })
  const password = path.join(dataDir, 'postgres-password')
  expect(statSync(password).mode & 0o777).toBe(0o600)
  expect(url).toContain(readFileSync(password, 'utf8').trim())

  await expect(query(url.replace(/:[0-9a-f]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow(/password/)
  await expect(query(url.replace(/:[0-9a-f]+@/, '@'), 'SELECT 1')).rejects.toThrow(/password/)
  expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[4]).toBe('')
  expect(await query(url, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toEqual([
    { rolsuper: false },
  ])
  await close()
})

it('goes on with the server that a killed process left running', async () => {
  await using folder = temporaryFolder()
  const killed = await folder.start(folder.dataDir())
  await killHard(killed.child)
  const next = await openEmbedded({ dataDir: folder.dataDir(), log: silent })
  expect({ pid: next.pid, reused: next.reused }).toEqual({ pid: killed.pid, reused: true })
  await next.close()
  expect(isRunning(killed.pid)).toBe(false)
})

it('recovers when the server was killed too', async () => {
  await using folder = temporaryFolder()
  const killed = await folder.start(folder.dataDir())
  await query(killed.url, 'CREATE TABLE kept AS SELECT 1 AS n')
  process.kill(killed.pid, 'SIGKILL')
  await killHard(killed.child)
  const next = await openEmbedded({ dataDir: folder.dataDir(), log: silent })
  expect(next.reused).toBe(false)
  expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
  await next.close()
})

it('is not fooled by a stale pid file that names a living process of the same user', async () => {
  await using folder = temporaryFolder()
  const dataDir = folder.dataDir()
  const first = await openEmbedded({ dataDir, log: silent })
  const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid')
  const lines = readFileSync(pidFile, 'utf8').split('\n')
  await first.close()
  const stranger = spawn('sleep', ['600'], isRoot ? NOBODY : {})
  try {
    writeFileSync(pidFile, [stranger.pid, ...lines.slice(1)].join('\n'))
    const second = await openEmbedded({ dataDir, log: silent })
    expect(second.reused).toBe(false)
    expect(await query(second.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
    await second.close()
  } finally {
    stranger.kill('SIGKILL')
  }
})

it('gives two starts at once the same server', async () => {
  await using folder = temporaryFolder()
  const dataDir = folder.dataDir()
  const [one, two] = await Promise.all([folder.start(dataDir), folder.start(dataDir)])
  expect({ code: one.code, message: one.message, pid: one.pid }).toEqual({ pid: two.pid })
  expect([one.locked, two.locked].sort()).toEqual([false, true])
})

it('finishes what a start that was killed half-way had begun', async () => {
  await using folder = temporaryFolder()
  const dataDir = folder.dataDir()
  const killed = folder.start(dataDir).catch(silent)
  await waitUntil(() => existsSync(dataDir) && readdirSync(dataDir).some((name) => name.includes('draft')))
  await folder.killAll()
  await killed
  const { url, close } = await openEmbedded({ dataDir, log: silent })
  expect(await query(url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
  await close()

  await (await openEmbedded({ dataDir, log: silent })).close()
  expect(readdirSync(dataDir).filter((name) => name.includes('draft'))).toEqual([])
})
