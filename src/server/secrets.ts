import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { KeyRing } from './adapters/auth/encryption.ts'
import { keep, readKept } from './data-dir.ts'
import type { Env } from './env.ts'

const FILE = 'secrets.json'
/** Keys that wait beside the newest for everything to be sealed anew. */
const MAX_OLD = 10

/** The secrets that an installation with the embedded database makes for itself; old keys with commas between. */
interface Kept {
  auth: string
  jwt: string
  encryption: string
  encryptionOld?: string
}

export interface Secrets {
  auth: string
  jwt: string
  /** The keys as they are now: another process may have renewed those in DATA_DIR. */
  keys(): KeyRing
}

/** What is set comes first, and then what was made at the first start and is kept in DATA_DIR. */
export async function openSecrets(env: Env, isEmbedded: boolean): Promise<Secrets> {
  const dataDir = path.resolve(env.DATA_DIR)
  const kept = isEmbedded ? await keepSecrets(dataDir) : { auth: '', jwt: '' }
  const given = env.ENCRYPTION_KEY
  return {
    auth: env.AUTH_SECRET ?? kept.auth,
    jwt: env.JWT_SECRET ?? kept.jwt,
    keys: () => (given ? { current: given, old: env.ENCRYPTION_KEY_OLD } : ringOf(env, dataDir)),
  }
}

async function keepSecrets(dataDir: string): Promise<Kept> {
  const kept = await readKept<Kept>(dataDir, FILE)
  if (kept) return kept
  const made = { auth: hex(32), jwt: hex(64), encryption: hex(32) }
  await keep(dataDir, FILE, made)
  return made
}

function ringOf(env: Env, dataDir: string): KeyRing {
  const kept = JSON.parse(readFileSync(path.join(dataDir, FILE), 'utf8')) as Kept
  return { current: kept.encryption, old: [...oldOf(kept), ...env.ENCRYPTION_KEY_OLD] }
}

/** Makes a new key for what is sealed from now on. The one before it is in the same file before anything needs the new one. */
export async function renewKey(dataDir: string): Promise<void> {
  const kept = await keepSecrets(dataDir)
  const old = [kept.encryption, ...oldOf(kept)].slice(0, MAX_OLD)
  await keep(dataDir, FILE, { ...kept, encryption: hex(32), encryptionOld: old.join(',') })
}

/** Forgets the keys that nothing needs any more. Only for who holds DATA_DIR alone: nobody else may be sealing with one. */
export async function forgetOldKeys(dataDir: string): Promise<void> {
  const { encryptionOld, ...kept } = await keepSecrets(dataDir)
  if (encryptionOld) await keep(dataDir, FILE, kept)
}

const oldOf = ({ encryptionOld = '' }: Kept) => encryptionOld.split(',').filter((key) => key !== '')

const hex = (bytes: number) => randomBytes(bytes).toString('hex')
