import { startError } from './adapters/postgres/start-error.ts'
import type { AuditActor } from './contract/audit.ts'
import type { Seals } from './core/ports/seals.ts'
import type { Ports } from './core/ports.ts'
import { type Rotated, rotateEncryption } from './core/security/rotate-encryption.ts'
import type { Env } from './env.ts'
import { forgetOldKeys, renewKey } from './secrets.ts'

const WRONG_KEY =
  'ENCRYPTION_KEY is not the key with which the stored credentials were sealed: set that one, or name it in ENCRYPTION_KEY_OLD.'

/** Better no start than a node that fails at the first message it is to deliver. */
export async function requireReadable(seals: Seals, database: { close(): Promise<void> }): Promise<void> {
  if (await seals.isReadable()) return
  await database.close()
  throw startError('wrong_encryption_key', WRONG_KEY)
}

interface Place {
  ctx: Pick<Ports, 'seals' | 'audit'>
  isEmbedded: boolean
  dataDir: string
}

/**
 * Seals everything with ENCRYPTION_KEY. Where the key is of our own making a new one is made first, unless a rotation
 * that was broken off is still to be ended; the old one stays in its file.
 */
export async function rotateKeys(
  env: Env,
  { ctx, isEmbedded, dataDir }: Place,
  by: AuditActor,
): Promise<Rotated> {
  const ended = await rotateEncryption(ctx, { by })
  if (ended.resealed > 0 || !isEmbedded || env.ENCRYPTION_KEY) return ended
  await renewKey(dataDir)
  return rotateEncryption(ctx, { by })
}

/** Ends, at a start, what a rotation has left, and forgets its old keys. Whoever starts holds DATA_DIR alone. */
export async function endRotation(env: Env, { ctx, isEmbedded, dataDir }: Place): Promise<void> {
  if (!isEmbedded || env.ENCRYPTION_KEY) return
  const by: AuditActor = { kind: 'system', id: null, name: '' }
  const { unreadable } = await rotateEncryption(ctx, { by })
  if (unreadable === 0) await forgetOldKeys(dataDir)
}
