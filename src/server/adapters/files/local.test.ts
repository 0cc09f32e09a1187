import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { describeFiles } from '../suites/files.suite.ts'
import { createLocalFiles } from './local.ts'

const root = path.join(mkdtempSync(path.join(tmpdir(), 'peyk-files-')), 'files')
afterAll(() => rmSync(path.dirname(root), { recursive: true }))

describeFiles(() => createLocalFiles(root))

it('keeps them for their owner alone, sharded, with nothing left over', async () => {
  const key = randomUUID()
  await createLocalFiles(root).put(key, one('x'))
  const place = path.join(root, key.slice(0, 2), key.slice(2, 4), key)
  expect(statSync(place).mode & 0o777).toBe(0o600)
  for (const folder of [root, path.dirname(place)]) expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readdirSync(path.join(root, 'unfinished'))).toEqual([])
})

it('sweeps what a crash cut short, and not what is being written', async () => {
  const files = createLocalFiles(root)
  let end = () => {}
  const writing = files.put(randomUUID(), slowly(new Promise<void>((resolve) => (end = resolve))))
  await expect.poll(() => readdirSync(path.join(root, 'unfinished'))).toHaveLength(1)
  expect(await files.sweep(Date.now() - 60_000)).toBe(0)
  expect(await files.sweep(Date.now() + 60_000)).toBe(1)
  end()
  await expect(writing).rejects.toThrow()
  expect(await createLocalFiles(path.join(root, 'nowhere')).sweep(Date.now())).toBe(0)
})

async function* one(text: string) {
  yield Buffer.from(text)
}

async function* slowly(until: Promise<void>) {
  yield Buffer.from('first')
  await until
  yield Buffer.from('last')
}
