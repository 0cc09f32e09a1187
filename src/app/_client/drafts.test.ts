import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Drafts } from './drafts.ts'
import { MAX_DRAFTS } from './limits.ts'
import { draftShelf } from './shelf.ts'

const memoryStorage = () => {
  const map = new Map<string, string>()
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
    key: (index: number) => [...map.keys()][index] ?? null,
    get length() {
      return map.size
    },
  }
}

describe('a draft', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is given back to the conversation it was written in, and to no other', () => {
    const drafts = new Drafts(draftShelf(1, memoryStorage()))
    drafts.put('maryam', 'سلام مریم')
    expect(drafts.get('maryam')).toBe('سلام مریم')
    expect(drafts.get('jonas')).toBe('')
  })

  it('survives a reload once the typing paused', () => {
    const storage = memoryStorage()
    new Drafts(draftShelf(1, storage)).put('maryam', 'سلام')
    expect(new Drafts(draftShelf(1, storage)).get('maryam')).toBe('')
    vi.advanceTimersByTime(400)
    expect(new Drafts(draftShelf(1, storage)).get('maryam')).toBe('سلام')
  })

  it('is gone at once when it was sent', () => {
    const storage = memoryStorage()
    const drafts = new Drafts(draftShelf(1, storage))
    drafts.put('maryam', 'سلام')
    drafts.flush()
    drafts.put('maryam', '')
    vi.runAllTimers()
    expect(new Drafts(draftShelf(1, storage)).get('maryam')).toBe('')
  })

  it('is not seen by another person in the same browser', () => {
    const storage = memoryStorage()
    const mine = new Drafts(draftShelf(1, storage))
    mine.put('maryam', 'private')
    mine.flush()
    expect(new Drafts(draftShelf(2, storage)).get('maryam')).toBe('')
  })

  it('makes room for newer ones', () => {
    const storage = memoryStorage()
    const drafts = new Drafts(draftShelf(1, storage))
    for (let index = 0; index < MAX_DRAFTS + 3; index++) {
      vi.advanceTimersByTime(1)
      drafts.put(`c${index}`, 'x')
      drafts.flush()
    }
    expect(storage.length).toBe(MAX_DRAFTS)
    expect(new Drafts(draftShelf(1, storage)).get('c0')).toBe('')
  })
})
