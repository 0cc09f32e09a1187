import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readEnv } from './env.ts'
import { forgetOldKeys, openSecrets, renewKey } from './secrets.ts'

const GIVEN = 'ab'.repeat(32)

function folder() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'peyk-secrets-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  const file = path.join(dataDir, 'secrets.json')
  const open = (more: Record<string, string> = {}) =>
    openSecrets(readEnv({ NODE_ENV: 'test', DATA_DIR: dataDir, ...more }), true)
  return { dataDir, file, open, mode: () => statSync(file).mode & 0o777 }
}

it('makes the secrets once, for their owner alone, and leaves no other file', async () => {
  const { dataDir, open, mode } = folder()
  const [first, second] = [await open(), await open()]
  expect(first.keys().current).toMatch(/^[0-9a-f]{64}$/)
  expect({ ...second, keys: second.keys() }).toEqual({ ...first, keys: first.keys() })
  expect(mode()).toBe(0o600)
  expect(readdirSync(dataDir)).toEqual(['secrets.json'])
})

it('renews the key beside the old ones, for whoever has the file open too, and forgets them when it is told to', async () => {
  const { dataDir, open, mode } = folder()
  const secrets = await open()
  const first = secrets.keys().current
  await renewKey(dataDir)
  const second = secrets.keys().current
  expect(second).not.toBe(first)
  expect(secrets.keys().old).toEqual([first])
  await renewKey(dataDir)
  expect(secrets.keys().old).toEqual([second, first])
  expect(mode()).toBe(0o600)
  await forgetOldKeys(dataDir)
  expect(secrets.keys().old).toEqual([])
  expect(await open()).toMatchObject({ auth: secrets.auth, jwt: secrets.jwt })
})

it('takes the keys that are set before those of the folder', async () => {
  const { open } = folder()
  const old = 'cd'.repeat(32)
  const { keys } = await open({ ENCRYPTION_KEY: GIVEN, ENCRYPTION_KEY_OLD: `${old}, ${GIVEN}` })
  expect(keys()).toEqual({ current: GIVEN, old: [old, GIVEN] })
})

it('makes nothing anew where the file is there and broken, and does not quote it', async () => {
  const { file, open } = folder()
  writeFileSync(file, `{"encryption":"${GIVEN}`)
  await expect(open()).rejects.toThrow(/secrets\.json cannot be read\.$/)
  await expect(open()).rejects.not.toThrow(GIVEN.slice(0, 8))
  expect(readFileSync(file, 'utf8')).toContain(GIVEN)
})
