import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Message } from '../../server/contract/message.ts'
import { Alerts } from './alerts.ts'
import { message } from './cast.testing.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** One browser's locks, of which each is held by one at a time. */
function browser() {
  const held = new Set<string>()
  const request = async (name: string, _: unknown, run: (lock: object | null) => Promise<void>) => {
    if (held.has(name)) return run(null)
    held.add(name)
    await run({})
    held.delete(name)
  }
  const raised: string[] = []
  const tab = (name: string, seen = '') =>
    new Alerts({
      isLooking: (id) => id === seen,
      raise: ({ id }) => raised.push(`${name}: ${id}`),
      locks: { request } as unknown as LockManager,
    })
  return { tab, raised }
}

const written = (change: Partial<Message> = {}) =>
  message(1, {
    id: 'm1',
    conversationId: 'maryam',
    type: 'customer',
    createdAt: new Date().toISOString(),
    ...change,
  })

it('calls once over all tabs', () => {
  const { tab, raised } = browser()
  const tabs = [tab('one'), tab('two')]
  for (const each of tabs) each.hear(written())
  vi.advanceTimersByTime(1_000)
  expect(raised).toEqual(['one: m1'])
  for (const each of tabs) each.hear(written({ id: 'm2' }))
  vi.advanceTimersByTime(1_000)
  expect(raised).toEqual(['one: m1', 'one: m2'])
})

it('calls nobody while one of the tabs is looked at', () => {
  const { tab, raised } = browser()
  tab('one').hear(written())
  tab('two', 'maryam').hear(written())
  vi.advanceTimersByTime(1_000)
  expect(raised).toEqual([])
})

it('calls for another conversation than the one that is looked at', () => {
  const { tab, raised } = browser()
  tab('one', 'jonas').hear(written())
  vi.advanceTimersByTime(1_000)
  expect(raised).toEqual(['one: m1'])
})

it('is silent of what colleagues say, and of what was written long ago', () => {
  const { tab, raised } = browser()
  const one = tab('one')
  one.hear(written({ type: 'support' }))
  one.hear(written({ createdAt: new Date(Date.now() - 120_000).toISOString() }))
  vi.advanceTimersByTime(1_000)
  expect(raised).toEqual([])
})

it('speaks for itself where tabs cannot agree', () => {
  const raised: string[] = []
  const alone = new Alerts({ isLooking: () => false, raise: ({ id }) => raised.push(id) })
  alone.hear(written())
  vi.advanceTimersByTime(1_000)
  expect(raised).toEqual(['m1'])
})
