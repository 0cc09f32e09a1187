import { describe, expect, it } from 'vitest'
import { describeSlots } from '../suites/slots.suite.ts'
import { createMemorySlots } from './slots.ts'

describe('the suite', () =>
  describeSlots(async () => {
    const slots = createMemorySlots()
    const forgetful = createMemorySlots({ leaseMs: 100 })
    return { slots, elsewhere: slots, forgetful, close: async () => {} }
  }))

const openSlots = (maxKeys?: number) => {
  const clock = { at: 1_000, now: () => clock.at }
  return { clock, slots: createMemorySlots({ clock, ...(maxKeys ? { maxKeys } : {}) }) }
}

it('frees the place of a holder that crashed after 35 s, and not before', async () => {
  const { clock, slots } = openSlots()
  await slots.acquire('user:1', 'crashed', 1)
  clock.at += 34_999
  expect(await slots.acquire('user:1', 'next', 1)).toBe(false)
  clock.at += 1
  expect(await slots.acquire('user:1', 'next', 1)).toBe(true)
})

it('holds the place of one that beats', async () => {
  const { clock, slots } = openSlots()
  await slots.acquire('user:1', 'alive', 1)
  for (let beat = 0; beat < 10; beat++) {
    clock.at += slots.beatMs
    await slots.renew('user:1', 'alive')
  }
  expect(await slots.acquire('user:1', 'next', 1)).toBe(false)
})

it('refuses a key too many rather than forget a holder, until one is free', async () => {
  const { clock, slots } = openSlots(2)
  expect(await slots.acquire('a', 'one', 5)).toBe(true)
  expect(await slots.acquire('b', 'one', 5)).toBe(true)
  expect(await slots.acquire('c', 'one', 5)).toBe(false)
  expect(await slots.acquire('a', 'two', 5)).toBe(true)
  await slots.release('b', 'one')
  expect(await slots.acquire('c', 'one', 5)).toBe(true)
  clock.at += 35_000
  expect(await slots.acquire('d', 'one', 5)).toBe(true)
})
