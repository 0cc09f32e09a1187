import pg from 'pg'
import { expect, it, vi } from 'vitest'
import { acquireInstanceLock } from './instance-lock.ts'
import { killHard, temporaryFolder } from './start-embedded.testing.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

async function tryLock(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await acquireInstanceLock(client)
  } finally {
    await client.end()
  }
}

it('is held by one process, and refused to the next while it lives', async () => {
  await using folder = temporaryFolder()
  const dataDir = folder.dataDir()
  const first = await folder.start(dataDir)
  const second = await folder.start(dataDir)
  expect({ first: first.locked, second: second.locked }).toEqual({ first: true, second: false })

  await killHard(second.child)
  expect(await tryLock(first.url)).toBe(false)
})

it('is free the moment its holder is killed', async () => {
  await using folder = temporaryFolder()
  const killed = await folder.start(folder.dataDir())
  expect(await tryLock(killed.url)).toBe(false)
  await killHard(killed.child)
  expect(await tryLock(killed.url)).toBe(true)
})

it('is had by the start that directly follows a kill', async () => {
  await using folder = temporaryFolder()
  const dataDir = folder.dataDir()
  const killed = await folder.start(dataDir)
  killed.child.kill('SIGKILL')
  const next = await folder.start(dataDir)
  expect({ locked: next.locked, pid: next.pid }).toEqual({ locked: true, pid: killed.pid })
})
