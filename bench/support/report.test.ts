import { expect, it } from 'vitest'
import type { Figures } from './load.ts'
import { isClean, type Round, summary } from './report.ts'

const figures = (deliveriesPerS: number, others: Partial<Figures> = {}): Figures => ({
  deliveriesPerS,
  messagesPerS: 1,
  p50: 1,
  p99: 1,
  missing: 0,
  duplicates: 0,
  reordered: 0,
  errors: [],
  serverUs: 1,
  databaseUs: 1,
  ownCpu: 1,
  othersCpu: 0,
  ...others,
})

const round = (peyk: number, durable: number, others = 0): Round => ({
  bare: figures(1000),
  durable: figures(durable),
  peyk: figures(peyk, { othersCpu: others }),
})

it('the ratio is the median of the ratios within each round', () => {
  const text = summary([round(100, 100), round(10, 100), round(40, 50)])
  expect(text).toContain('Peyk / durable floor: 0.800  (1.000, 0.100, 0.800)')
  expect(text).toContain('Peyk / bare ws: 0.040')
})

it('rounds in which others took the machine are told', () => {
  expect(summary([round(1, 1), round(1, 1, 0.9)])).toContain('1 of 2 rounds had the machine to themselves')
})

it('a load is clean unless something is missing, repeated, out of order or refused', () => {
  expect(isClean(figures(1))).toBe(true)
  const faults = [{ missing: 1 }, { duplicates: 1 }, { reordered: 1 }, { errors: ['refused'] }]
  expect(faults.map((fault) => isClean(figures(1, fault)))).toEqual([false, false, false, false])
})
