import { isUnstorable, strip } from './characters.ts'

/** Longest comment on an answer, in code points. */
export const MAX_COMMENT = 500

/** A comment on an answer, stripped and cut as the legacy service did; null where it is no storable text. */
export function toComment(given: unknown): string | null {
  if (given === undefined || given === null) return ''
  if (typeof given !== 'string' || isUnstorable(given)) return null
  return [...strip(given)].slice(0, MAX_COMMENT).join('')
}
