import type pg from 'pg'
import { takeSessionLock } from './advisory-lock.ts'

const INSTANCE_LOCK_KEY = 20_519_871
// The session of a process that was killed this instant may take PostgreSQL a moment to bury.
const GRACE_MS = 1_500

/**
 * False when another process serves this database. The lock lives as long as the session of `client`, which has to be
 * kept for nothing else, and open, as long as the process serves.
 */
export function acquireInstanceLock(client: pg.Client): Promise<boolean> {
  return takeSessionLock(client, INSTANCE_LOCK_KEY, GRACE_MS)
}
