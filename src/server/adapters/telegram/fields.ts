import { type Fields, fields } from '../foreign.ts'

export const listOf = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.map(fields).filter((one) => one !== null) : []

/** Ids have up to 52 bits. */
export const isId = (value: unknown): value is number => Number.isSafeInteger(value)

export const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null

/** A length in pixels; Telegram says 0 where it does not know one. */
export const lengthOf = (value: unknown): number | null => countOf(value) || null

/** Telegram's seconds since 1970 as an instant. */
export const instantOf = (seconds: unknown): string | undefined => {
  const at = new Date((countOf(seconds) ?? Number.NaN) * 1000)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
