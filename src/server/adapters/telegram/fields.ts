export type Fields = Record<string, unknown>

/** An object of Telegram's, whatever is in it; null where it is none. */
export const fields = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null

export const listOf = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.map(fields).filter((one) => one !== null) : []

/** Ids have up to 52 bits. */
export const isId = (value: unknown): value is number => Number.isSafeInteger(value)

/** A text with something in it, as it can be stored. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? storable(value) : null

export const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null

/** A length in pixels; Telegram says 0 where it does not know one. */
export const lengthOf = (value: unknown): number | null => countOf(value) || null

/** Telegram's seconds since 1970 as an instant. */
export const instantOf = (seconds: unknown): string | undefined => {
  const at = new Date((countOf(seconds) ?? Number.NaN) * 1000)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

// PostgreSQL stores neither NUL nor half of a surrogate pair, and a verified event is always stored.
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

export const storable = (text: string): string => text.replace(UNSTORABLE, '\uFFFD')
