import type pg from 'pg'
import { errorCode } from './start-error.ts'

const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Takes a lock that lives as long as the client's session, waiting for it at most so long. The bound is set inside a
 * transaction, so that it ends with it; the lock does not.
 */
export async function takeSessionLock(client: pg.Client, key: number, waitMs: number): Promise<boolean> {
  await client.query('BEGIN')
  try {
    await client.query(`SET LOCAL lock_timeout = ${waitMs}`)
    await client.query('SELECT pg_advisory_lock($1)', [key])
    await client.query('COMMIT')
    return true
  } catch (error) {
    await client.query('ROLLBACK')
    if (errorCode(error) === LOCK_NOT_AVAILABLE) return false
    throw error
  }
}
