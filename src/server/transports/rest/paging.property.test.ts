import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openListed, type Person, say } from '../../core/cast.testing.ts'
import { PUBLIC_URL, startRest } from './rest-server.testing.ts'

// Many runs in one test: a busy machine gets the time that they take.
vi.setConfig({ testTimeout: 30_000 })
const RUNS = { numRuns: 12, seed: 20_260_301 }

let rest: Awaited<ReturnType<typeof startRest>>
beforeAll(async () => {
  rest = await startRest()
})
afterAll(() => rest.close())

interface Page {
  count: number
  next: string | null
  previous: string | null
  results: { id: string | number }[]
}

const LISTS: [path: string, make: (who: Person) => Promise<string | number>][] = [
  ['message/user-conversation-full', async (who) => (await openListed(who.as)).id],
  ['message/customers', async (who) => (await openListed(who.as)).customerId],
  [
    'message/user-messages',
    async (who) => {
      const [held] = (
        await who.as.conversations.page([who.as.actor.workspaceId], BY_AGE, { offset: 0, limit: 1 })
      ).rows
      return (await say(who.as, held ?? (await openListed(who.as)), 'hello')).id
    },
  ],
]
const BY_AGE = { order: { by: 'created_at' as const, isDescending: false } }

const get = async (path: string, who: Person) =>
  (await rest.ask(path, { token: who.token })).json as unknown as Page
const idsOf = ({ results }: Page) => results.map(({ id }) => id)
const pathOf = (link: string) => link.slice(`${PUBLIC_URL}/api/v1/`.length)

describe.each(LISTS)('%s', (path, make) => {
  const orderings = fc.constantFrom('', '&ordering=created_at', '&ordering=-created_at')
  const steps = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 7, maxLength: 7 })

  it('shows every row once to whoever follows `next` while more are made', async () => {
    const run = async (size: number, ordering: string, made: number[]) => {
      const olga = await rest.enter(`olga${rest.ctx.ids.short()}`)
      const grow = async () => {
        rest.clock.advance(1)
        return make(olga)
      }
      const before: (string | number)[] = []
      for (let index = 0; index < 7; index++) before.push(await grow())
      const pages = [await get(`${path}?page_size=${size}${ordering}`, olga)]
      for (let next = pages[0]?.next ?? null; next; next = pages.at(-1)?.next ?? null) {
        for (let index = 0; index < (made[pages.length - 1] ?? 0); index++) await grow()
        pages.push(await get(pathOf(next), olga))
      }
      expect(pages.flatMap(idsOf).sort()).toEqual(before.sort())
      expect(pages.every(({ count }) => count === 7)).toBe(true)
      const back = pages.at(-1)?.previous
      if (back) expect(idsOf(await get(pathOf(back), olga))).toEqual(pages.slice(-2, -1).flatMap(idsOf))
    }
    const size = fc.integer({ min: 1, max: 8 })
    await fc.assert(fc.asyncProperty(size, orderings, steps, run), RUNS)
  })

  it('answers any page and size with a page, or 404 out of range', async () => {
    const odd = fc.oneof(
      fc.integer().map(String),
      fc.string(),
      fc.constantFrom('last', '0', '1e3', ' 1', '٣'),
    )
    const run = async (page: string, size: string) => {
      const query = new URLSearchParams({ page, page_size: size })
      const { status, json } = await rest.ask(`${path}?${query}`)
      if (status === 404) expect(json).toEqual({ detail: 'Invalid page.' })
      else expect(status).toBe(200)
    }
    await fc.assert(fc.asyncProperty(odd, odd, run), RUNS)
  })
})

it('never leads to another host, whatever the path begins with', async () => {
  await openListed(rest.anna.as)
  await openListed(rest.anna.as)
  const { json } = await rest.ask('message/customers?page_size=1&next=//evil.example')
  expect(String(json.next)).toMatch(/^https:\/\/desk\.example\/api\/v1\/message\/customers\?/)
})
