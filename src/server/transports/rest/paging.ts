import { MAX_PAGE_SIZE } from '../../contract/limits.ts'
import type { Page, Paged } from '../../core/ports/conversations.ts'
import { type Answer, type MemberExchange, Refusal } from './exchange.ts'

const DEFAULT_SIZE = 10
const INVALID_PAGE = new Refusal({ status: 404, body: { detail: 'Invalid page.' } })

/** The query names that every paged list understands. */
export const PAGING_QUERY = {
  page: 'Number of the page, from 1; `last` for the last one',
  page_size: `Rows a page, at most ${MAX_PAGE_SIZE}`,
  as_of: 'Leaves out what was created later; set in `next` and `previous`, so that pages do not shift',
}

/** A page of a list in the legacy envelope. A page out of range is 404. */
export async function answerPage<T>(
  { ctx, req, query }: MemberExchange,
  load: (page: Page) => Promise<Paged<T>>,
  spell: (row: T) => unknown,
): Promise<Answer> {
  const limit = sizeOf(query.get('page_size'))
  const number = await pageOf(
    query.get('page'),
    async () => (await load({ offset: 0, limit: 1 })).total,
    limit,
  )
  const { rows, total, asOf } = await load({ offset: (number - 1) * limit, limit })
  if (number > 1 && rows.length === 0) throw INVALID_PAGE
  const link = (page: number) => linkTo(ctx.settings.publicUrl, req.url ?? '', { page, asOf })
  return {
    status: 200,
    body: {
      count: total,
      next: number * limit < total ? link(number + 1) : null,
      previous: number > 1 ? link(number - 1) : null,
      results: rows.map(spell),
    },
  }
}

const sizeOf = (given: string | null): number => {
  const size = given !== null && /^\d{1,9}$/.test(given) ? Number(given) : 0
  return size > 0 ? Math.min(size, MAX_PAGE_SIZE) : DEFAULT_SIZE
}

async function pageOf(given: string | null, count: () => Promise<number>, limit: number): Promise<number> {
  if (given === null || given === '') return 1
  if (given === 'last') return Math.max(1, Math.ceil((await count()) / limit))
  if (!/^[1-9]\d{0,6}$/.test(given)) throw INVALID_PAGE
  return Number(given)
}

function linkTo(
  publicUrl: string,
  url: string,
  { page, asOf }: { page: number; asOf: string | null },
): string {
  const link = new URL(url, publicUrl)
  link.searchParams.set('page', String(page))
  if (asOf && !link.searchParams.has('as_of')) link.searchParams.set('as_of', asOf)
  return link.href
}
