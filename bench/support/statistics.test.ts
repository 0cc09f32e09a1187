import { describe, expect, it } from 'vitest'
import { median, quantile } from './statistics.ts'

describe('quantile', () => {
  it('answers the value below which the share lies', () => {
    const values = Float64Array.from({ length: 100 }, (_, index) => index)
    expect([quantile(values, 0.5), quantile(values, 0.99)]).toEqual([50, 99])
  })

  it('answers the greatest value for the whole, and nothing for no values', () => {
    expect(quantile([1, 2, 3], 1)).toBe(3)
    expect(quantile([], 0.5)).toBeNaN()
  })
})

describe('median', () => {
  it('answers the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5)
  })

  it('answers the mean of the two middle values of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3)
  })

  it('leaves out what could not be measured', () => {
    expect(median([Number.NaN, 7])).toBe(7)
    expect(median([Number.NaN])).toBeNaN()
  })
})
