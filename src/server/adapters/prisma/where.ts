import type pg from 'pg'

/** Collects conditions and their parameters; `?` in a condition stands for the parameter, however often it comes. */
export class Where {
  readonly values: unknown[]
  private readonly conditions: string[] = []

  constructor(...values: unknown[]) {
    this.values = values
  }

  /** Adds a condition unless its parameter is undefined. */
  and(condition: string, value?: unknown): this {
    if (value === undefined && condition.includes('?')) return this
    if (condition.includes('?')) this.values.push(value)
    this.conditions.push(condition.replaceAll('?', `$${this.values.length}`))
    return this
  }

  get sql(): string {
    return this.conditions.map((condition) => ` AND (${condition})`).join('')
  }
}

/** A text to be found anywhere, as a LIKE pattern. */
export const containing = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `%${text.replace(/[\\%_]/g, '\\$&')}%`

interface PagedQuery {
  /** A query that the others may read as `found`; it runs once. */
  found?: string
  /** `FROM … WHERE …` of all that match, under the alias whose `created_at` tells when they were made. */
  from: string
  alias: string
  /** The page's rows, each as one JSON value named `row`. */
  rows: string
  values: unknown[]
}

/** A page and its total, in one statement, so that both are of one moment. */
export async function readPage<R>(pool: pg.Pool, { found: base, from, alias, rows, values }: PagedQuery) {
  const { rows: found } = await pool.query<{ total: number; as_of: Date | null; row: R | null }>(
    `WITH ${base === undefined ? '' : `found AS MATERIALIZED (${base}), `}matching AS MATERIALIZED (SELECT count(*)::int AS total, max(${alias}.created_at) AS as_of ${from})
      SELECT matching.total, matching.as_of, page.row FROM matching LEFT JOIN LATERAL (${rows}) page ON true`,
    values,
  )
  return {
    rows: found.flatMap(({ row }) => row ?? []) as R[],
    total: found[0]?.total ?? 0,
    asOf: found[0]?.as_of?.toISOString() ?? null,
  }
}
