import type pg from 'pg'
import type { Resealed, SealPlace, Seals } from '../../core/ports/seals.ts'

/** Every column that holds what a cipher sealed, with the whole number that names its row. */
export const SEALED_COLUMNS = [
  { table: 'channel', column: 'credentials', id: 'id' },
  { table: 'second_factor', column: 'secret', id: 'user_id' },
] as const

type Column = (typeof SEALED_COLUMNS)[number]

/** Of what was sealed before keys had names, so many are tried before it is said that no key opens them. */
const MAX_TRIED = 20

interface Cipher {
  seal(text: string): string
  open(sealed: string): string
  prefix(): string
}

interface Row {
  id: number
  sealed: string
}

/** The sealed columns of PostgreSQL. */
export function createSeals(pool: pg.Pool, cipher: Cipher): Seals {
  return {
    async reseal(from, limit) {
      const place = from ?? { column: 0, after: -1 }
      const column = SEALED_COLUMNS[place.column]
      if (!column) return { resealed: 0, unreadable: 0, next: null }
      const { rows } = await pool.query<Row>(selectOf(column), [cipher.prefix(), place.after, limit])
      const opened = rows.map((row) => ({ ...row, fresh: resealOrNull(cipher, row.sealed) }))
      const readable = opened.filter(({ fresh }) => fresh !== null)
      const resealed = readable.length === 0 ? 0 : await write(pool, column, readable)
      return { resealed, unreadable: rows.length - readable.length, next: nextOf(place, rows, limit) }
    },
    async isReadable() {
      for (const column of SEALED_COLUMNS) if (!(await opensAny(pool, column, cipher))) return false
      return true
    },
  }
}

const selectOf = ({ table, column, id }: Column) =>
  `SELECT ${id} AS id, ${column} AS sealed FROM ${table}
   WHERE ${column} IS NOT NULL AND NOT starts_with(${column}, $1) AND ${id} > $2 ORDER BY ${id} LIMIT $3`

/** A row that somebody else has written since it was read keeps what they wrote. */
async function write(pool: pg.Pool, { table, column, id }: Column, rows: (Row & { fresh: string | null })[]) {
  const { rowCount } = await pool.query(
    `UPDATE ${table} t SET ${column} = fresh.value
     FROM unnest($1::int[], $2::text[], $3::text[]) AS fresh(id, before, value)
     WHERE t.${id} = fresh.id AND t.${column} = fresh.before`,
    [rows.map((row) => row.id), rows.map((row) => row.sealed), rows.map((row) => row.fresh)],
  )
  return rowCount ?? 0
}

function nextOf({ column }: SealPlace, rows: Row[], limit: number): Resealed['next'] {
  const last = rows.at(-1)
  if (last && rows.length === limit) return { column, after: last.id }
  return column + 1 < SEALED_COLUMNS.length ? { column: column + 1, after: -1 } : null
}

/** One value of each key is tried: of those without a name some, for any key may have sealed them. */
async function opensAny(pool: pg.Pool, { table, column }: Column, cipher: Cipher): Promise<boolean> {
  const { rows } = await pool.query<{ name: string; values: string[] }>(
    `SELECT name, array_agg(value) AS values FROM (
       SELECT name, value, row_number() OVER (PARTITION BY name) AS number FROM (
         SELECT CASE WHEN ${column} LIKE 'v1.%' THEN 'v1' ELSE split_part(${column}, '.', 2) END AS name, ${column} AS value
         FROM ${table} WHERE ${column} IS NOT NULL) sealed) numbered
     WHERE number <= ${MAX_TRIED} GROUP BY name`,
  )
  return rows.every(({ values }) => values.some((value) => resealOrNull(cipher, value) !== null))
}

function resealOrNull(cipher: Cipher, sealed: string): string | null {
  try {
    return cipher.seal(cipher.open(sealed))
  } catch {
    return null
  }
}
