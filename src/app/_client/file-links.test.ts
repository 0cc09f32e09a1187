import { expect, it, vi } from 'vitest'
import type { FileLink } from '../../server/contract/files.ts'
import { FileLinks } from './file-links.ts'

const HOUR = 3_600_000

function start() {
  let now = 0
  const asked: string[][] = []
  const answers: ((ids: string[]) => FileLink[])[] = []
  const linkOf = (id: string): FileLink => ({
    id,
    url: `/files/${id}?at=${now}`,
    thumbUrl: null,
    expiresAt: new Date(now + HOUR).toISOString(),
  })
  const links = new FileLinks({
    fetch: async (ids) => {
      asked.push(ids)
      return (answers.shift() ?? ((all) => all.map(linkOf)))(ids)
    },
    now: () => now,
  })
  const advance = (ms: number) => {
    now += ms
  }
  return { links, asked, answers, advance, urlOf: (id: string) => links.held.get().get(id)?.url }
}

it('asks for all that is wanted at one moment together, each once', async () => {
  const { links, asked, urlOf } = start()
  links.want(['a', 'b'])
  links.want(['b', 'c'])
  await vi.waitFor(() => expect(urlOf('c')).toBe('/files/c?at=0'))
  links.want(['a', 'b', 'c'])
  expect(asked).toEqual([['a', 'b', 'c']])
})

it('asks for a hundred at a time', async () => {
  const { links, asked, urlOf } = start()
  links.want(Array.from({ length: 150 }, (_, index) => `f${index}`))
  await vi.waitFor(() => expect(urlOf('f149')).toBeDefined())
  expect(asked.map(({ length }) => length)).toEqual([100, 50])
})

it('renews an address before it ends, and not much before', async () => {
  const { links, asked, advance, urlOf } = start()
  links.want(['a'])
  await vi.waitFor(() => expect(urlOf('a')).toBeDefined())
  advance(HOUR - 6 * 60_000)
  links.want(['a'])
  advance(2 * 60_000)
  links.want(['a'])
  await vi.waitFor(() => expect(urlOf('a')).not.toBe('/files/a?at=0'))
  expect(asked).toHaveLength(2)
})

it('asks again after a while for what it was not given', async () => {
  const { links, asked, answers, advance, urlOf } = start()
  answers.push(() => [])
  links.want(['a'])
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  links.want(['a'])
  advance(11_000)
  links.want(['a'])
  await vi.waitFor(() => expect(urlOf('a')).toBeDefined())
  expect(asked).toHaveLength(2)
})
