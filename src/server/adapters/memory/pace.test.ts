import { describe, expect, it } from 'vitest'
import { describePace } from '../suites/pace.suite.ts'
import { times } from '../suites/stores.testing.ts'
import { createMemoryPace } from './pace.ts'

describe('in one process', () =>
  describePace(async () => {
    const pace = createMemoryPace()
    return { pace, elsewhere: pace, close: async () => {} }
  }))

it('remembers no more keys than it may', async () => {
  const pace = createMemoryPace({ maxKeys: 10 })
  const rate = { perSecond: 0.1, burst: 1 }
  for (const at of times(30, (index) => index)) await pace.take(`key ${at}`, rate, 0)
  expect((await pace.take('key 29', rate, 0)).taken).toBe(false)
  expect((await pace.take('key 0', rate, 0)).taken).toBe(true)
})
