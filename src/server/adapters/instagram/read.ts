import { isUnstorable, storable } from '../../contract/characters.ts'

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** An id as Instagram gives it. It is a text; what a sloppy sender writes as a number is taken while it is exact. */
export function idOf(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && text !== '' && text.length <= MAX_ID && !isUnstorable(text) ? text : null
}

/** Longest id believed; a `mid` has some 150 characters. */
const MAX_ID = 512

/** A word of the platform's for a kind of something, fit for a label. */
export const word = (value: unknown): string => storable(String(value)).slice(0, 64)
