import { describe, expect, it } from 'vitest'
import { Tally } from './tally.ts'

const tallyOf = (numbers: number[], sender = 1) => {
  const tally = new Tally()
  for (const number of numbers) tally.receive(sender, number)
  return tally
}

const countsOf = (tally: Tally, sent: number) => ({
  delivered: tally.delivered,
  duplicates: tally.duplicates,
  reordered: tally.reordered,
  missing: tally.missing(1, sent),
})

describe('a tally', () => {
  it('finds nothing wrong with messages that come once and in order', () => {
    expect(countsOf(tallyOf([0, 1, 2]), 3)).toEqual({ delivered: 3, duplicates: 0, reordered: 0, missing: 0 })
  })

  it('counts as missing what never came, in the middle and at the end', () => {
    expect(countsOf(tallyOf([0, 2]), 5)).toMatchObject({ missing: 3, reordered: 0 })
  })

  it('counts as missing everything of a sender that was never heard', () => {
    expect(tallyOf([0], 2).missing(1, 4)).toBe(4)
  })

  it('counts what comes late as out of order and no longer as missing', () => {
    expect(countsOf(tallyOf([0, 3, 2, 1]), 4)).toMatchObject({ missing: 0, reordered: 2, duplicates: 0 })
  })

  it('counts what comes again as a duplicate, which makes up for nothing that is missing', () => {
    expect(countsOf(tallyOf([0, 2, 2, 0]), 3)).toMatchObject({ duplicates: 2, missing: 1, reordered: 0 })
  })

  it('counts what comes late twice once as out of order and once as a duplicate', () => {
    expect(countsOf(tallyOf([1, 0, 0]), 2)).toMatchObject({ reordered: 1, duplicates: 1, missing: 0 })
  })

  it('keeps the numbers of one sender apart from those of another', () => {
    const tally = tallyOf([0, 1])
    tally.receive(2, 0)
    expect(countsOf(tally, 2)).toMatchObject({ delivered: 3, duplicates: 0, missing: 0 })
  })
})
