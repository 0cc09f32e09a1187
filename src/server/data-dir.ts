import { randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

const OWNER_ONLY = 0o600

/** Reads a JSON file of DATA_DIR, or null where there is none. */
export async function readKept<T>(dataDir: string, name: string): Promise<T | null> {
  const text = await readFile(path.join(dataDir, name), 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as T)
}

export async function keep(dataDir: string, name: string, value: object): Promise<void> {
  const file = path.join(dataDir, name)
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: OWNER_ONLY })
  await chmod(file, OWNER_ONLY)
}

export interface Secrets {
  auth: string
  jwt: string
  encryption: string
}

/** The secrets of this installation: made at the first start, kept in DATA_DIR. */
export async function keepSecrets(dataDir: string): Promise<Secrets> {
  const kept = await readKept<Secrets>(dataDir, 'secrets.json')
  if (kept) return kept
  const hex = (bytes: number) => randomBytes(bytes).toString('hex')
  const made = { auth: hex(32), jwt: hex(64), encryption: hex(32) }
  await keep(dataDir, 'secrets.json', made)
  return made
}
