import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openListed, type Person, say } from '../../core/cast.testing.ts'
import { changeCustomer } from '../../core/customers/change.ts'
import {
  answered,
  anyJson,
  type Exchange,
  filtersOf,
  HIDDEN_DEPTH,
  noFilters,
  ping,
  unknownType,
  unreadable,
} from './frames.arbitrary.testing.ts'
import type { RawClient, ServerFrame } from './raw-client.testing.ts'
import { CONVERSATIONS, CUSTOMERS, startRaw } from './raw-server.testing.ts'

// Many runs in one test: a busy machine gets the time that they take.
vi.setConfig({ testTimeout: 30_000 })
const RUNS = { numRuns: 30, seed: 20_260_301 }

let server: Awaited<ReturnType<typeof startRaw>>
let anna: Person
beforeAll(async () => {
  server = await startRaw()
  anna = await server.enter('anna')
  await say(anna.as, await openListed(anna.as), 'hello')
  await openListed(anna.as)
})
afterAll(() => server.close())

interface Kind {
  path: string
  list: string
  rows: string
  asks: string[]
  search: string
  options: [ask: string, answer: string]
  filters: string[]
}

const KINDS: Kind[] = [
  {
    path: CONVERSATIONS,
    list: 'conversations_list',
    rows: 'conversations',
    asks: ['get_conversations', 'refresh_conversations', 'filter_conversations'],
    search: 'search_conversations',
    options: ['get_conversation_filter_options', 'conversation_filter_options'],
    filters: [
      'search',
      'status',
      'source',
      'priority',
      'tags',
      'date_from',
      'date_to',
      'unread_only',
      'order_by',
    ],
  },
  {
    path: CUSTOMERS,
    list: 'customers_list',
    rows: 'customers',
    asks: ['get_customers', 'refresh_customers', 'filter_customers'],
    search: 'search_customers',
    options: ['get_filter_options', 'filter_options'],
    filters: [
      'search',
      'source',
      'tags',
      'tag_ids',
      'has_email',
      'has_unread',
      'last_activity_from',
      'order_by',
    ],
  },
]

function frameOf({ asks, list, search, options, filters }: Kind): fc.Arbitrary<Exchange> {
  const ask = fc.constantFrom(...asks)
  const term = fc.oneof(fc.string(), fc.constant(null), fc.constant(undefined))
  return fc.oneof(
    unreadable,
    ping,
    unknownType([...asks, search, options[0], 'ping']),
    answered(fc.constantFrom({}, { type: null, filters: null }), list),
    answered(
      fc.tuple(ask, filtersOf(filters)).map(([type, given]) => ({ type, filters: given })),
      list,
    ),
    answered(
      fc.tuple(ask, noFilters).map(([type, given]) => ({ type, filters: given })),
      'error',
    ),
    answered(
      term.map((search_term) => ({ type: search, search_term, filters: { page_size: 1 } })),
      list,
    ),
    answered(
      anyJson
        .filter((given) => typeof given !== 'string' && given !== null)
        .map((search_term) => ({ type: search, search_term })),
      'error',
    ),
    answered(fc.constant({ type: options[0] }), options[1]),
  )
}

const typesSince = (client: RawClient, start: number) => client.frames.slice(start).map(({ type }) => type)

describe.each(KINDS)('$path', (kind) => {
  it('answers any frames one after another', async () => {
    const run = async (exchanges: Exchange[]) => {
      const client = await server.connect(kind.path, anna)
      for (const { sent } of exchanges) client.send(sent)
      await client.flush()
      expect(typesSince(client, 1)).toEqual([...exchanges.flatMap(({ answers }) => answers), 'pong'])
      client.send({ type: kind.asks[0] })
      await client.flush()
      expect(client.of(kind.list).at(-1)).toMatchObject({ filters: {}, pagination: { count: 2 } })
      await client.close()
    }
    await fc.assert(fc.asyncProperty(fc.array(frameOf(kind), { maxLength: 20 }), run), RUNS)
    expect(server.log.sentences.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('is not led into the deep by closing brackets in a text', async () => {
    const client = await server.connect(kind.path, anna)
    expect(await client.ask(HIDDEN_DEPTH, 'error')).toMatchObject({ error: 'Invalid JSON format' })
    await client.close()
  })

  it('shows every row once to whoever reads page by page while more are made', async () => {
    const run = async (size: number, steps: number[]) => {
      const olga = await server.enter(`olga${server.ctx.ids.short()}`)
      const make = async () => {
        server.clock.advance(1)
        const made = await openListed(olga.as)
        await changeCustomer(olga.as, { customerId: made.customerId, fields: {}, tagIds: null })
        return made
      }
      const before: string[] = []
      for (let index = 0; index < 7; index++) before.push((await make()).id)
      const client = await server.connect(kind.path, olga)
      const filters = { order_by: '-created_at', page_size: size }
      const seen: ServerFrame[] = []
      for (let page = 1, hasNext = true; hasNext; page++) {
        const frame = await askFor(client, kind, page === 1 ? filters : { page, ...filters })
        seen.push(frame)
        hasNext = (frame.pagination as { has_next: boolean }).has_next
        for (let index = 0; index < (steps[page - 1] ?? 0); index++) await make()
      }
      expect(seen.flatMap((frame) => conversationsIn(kind, frame)).sort()).toEqual(before.sort())
      await client.close()
    }
    const steps = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 7, maxLength: 7 })
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 8 }), steps, run), { ...RUNS, numRuns: 12 })
  })
})

/** The answer itself, told from a push by what was asked. */
async function askFor(client: RawClient, { asks, list }: Kind, filters: object): Promise<ServerFrame> {
  const before = client.frames.length
  client.send({ type: asks[0], filters })
  await client.flush()
  const answer = client.frames
    .slice(before)
    .find(({ type, filters: of }) => type === list && JSON.stringify(of) === JSON.stringify(filters))
  if (!answer) throw new Error('No answer')
  return answer
}

const conversationsIn = ({ rows }: Kind, frame: ServerFrame): string[] =>
  (frame[rows] as { id: string; conversations?: { id: string }[] }[]).flatMap(
    (row) => row.conversations?.map(({ id }) => id) ?? [row.id],
  )
