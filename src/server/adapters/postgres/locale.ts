import type pg from 'pg'
import { errorCode, errorMessage, startError } from './start-error.ts'

const ALREADY_THERE = ['42710', '23505']

/** Refuses a database in which search would find no Persian text: its locale takes Persian letters for punctuation. */
export async function assertPersianTrigrams(client: pg.Client): Promise<void> {
  await ensureTrigramExtension(client)
  const { rows } = await client.query<{ count: number }>(`SELECT cardinality(show_trgm('سلام')) AS count`)
  if (rows[0]?.count) return
  throw startError(
    'bad_locale',
    'The locale of the database breaks search in Persian: create a database with LOCALE_PROVIDER builtin, ' +
      "BUILTIN_LOCALE 'C.UTF-8', LC_CTYPE 'C.UTF-8' and ENCODING 'UTF8', and point DATABASE_URL to it.",
  )
}

async function ensureTrigramExtension(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'`)
  if (rowCount) return
  await client.query('CREATE EXTENSION pg_trgm').catch((cause) => {
    if (ALREADY_THERE.includes(errorCode(cause) ?? '')) return
    const sentence = `The database lacks the extension pg_trgm and it cannot be created (${errorMessage(cause)}): have an administrator run CREATE EXTENSION pg_trgm in it.`
    throw startError('bad_locale', sentence, cause)
  })
}
