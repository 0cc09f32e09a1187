import { describe, expect, it } from 'vitest'
import { holdOrder, keepOpen } from './held-order.ts'

const letters = (text: string) => text.split('')
const held = (shown: string, current: string) => {
  const { ids, updates } = holdOrder(letters(shown), letters(current))
  return `${ids.join('')} ${updates}`
}

describe('an order that is held', () => {
  it('stays, and counts the rows that wait to move', () => {
    expect(held('abcd', 'cabd')).toBe('abcd 1')
    expect(held('abcd', 'dcab')).toBe('abcd 2')
  })

  it('counts rows that are new and rows that are gone', () => {
    expect(held('abcd', 'xabcd')).toBe('abcd 1')
    expect(held('abcd', 'abd')).toBe('abcd 1')
  })

  it('says nothing when nothing waits', () => {
    expect(held('abcd', 'abcd')).toBe('abcd 0')
  })

  it('lets a new page in at the end', () => {
    expect(held('abcd', 'abcdefg')).toBe('abcdefg 0')
    expect(held('abcd', 'cabdef')).toBe('abcdef 1')
  })
})

describe('the conversation that is open', () => {
  it('keeps its place when it leaves the view', () => {
    expect(keepOpen(letters('abc'), letters('ac'), 'b').join('')).toBe('abc')
  })

  it('is not put into a view it was never in', () => {
    expect(keepOpen(letters('ac'), letters('ac'), 'b').join('')).toBe('ac')
  })
})
