import type pg from 'pg'

const TABLES = `SELECT table_name AS name FROM information_schema.tables
  WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`

/** Where in the whole database a text stands, as "table: row". */
export async function tracesOf(pool: pg.Pool, text: string): Promise<string[]> {
  const found: string[] = []
  const tables = (await pool.query<{ name: string }>(TABLES)).rows
  for (const { name } of tables) {
    const sql = `SELECT left(t::text, 200) AS row FROM "${name}" t WHERE t::text ILIKE '%' || $1 || '%'`
    const { rows } = await pool.query<{ row: string }>(sql, [text])
    found.push(...rows.map(({ row }) => `${name}: ${row}`))
  }
  return found
}
