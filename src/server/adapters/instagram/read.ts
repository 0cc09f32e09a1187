export type Fields = Record<string, unknown>

export const fields = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** An id as Instagram gives it. It is a text; what a sloppy sender writes as a number is taken while it is exact. */
export function idOf(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && text !== '' && text.length <= MAX_ID && !HAS_UNSTORABLE.test(text)
    ? text
    : null
}

/** Longest id believed; a `mid` has some 150 characters. */
const MAX_ID = 512

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? storable(value) : null

// PostgreSQL stores neither NUL nor half of a surrogate pair, and a verified event is always stored.
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const HAS_UNSTORABLE = new RegExp(UNSTORABLE.source)

export const storable = (text: string): string => text.replace(UNSTORABLE, '\uFFFD')

/** A word of the platform's for a kind of something, fit for a label. */
export const word = (value: unknown): string => storable(String(value)).slice(0, 64)

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
