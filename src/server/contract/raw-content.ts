import { codePoints, isUnstorable, strip } from './characters.ts'
import { MAX_RAW_CONTENT } from './limits.ts'

export type ContentFault = 'not_text' | 'empty' | 'too_long' | 'unstorable'

/** A message's text as raw frames and REST send it, stripped, or what is wrong with it; each wire has words of its own. */
export function readRawContent(given: unknown): { text: string } | { fault: ContentFault } {
  if (given !== undefined && given !== null && typeof given !== 'string') return { fault: 'not_text' }
  const text = strip(given ?? '')
  if (text === '') return { fault: 'empty' }
  if (codePoints(text) > MAX_RAW_CONTENT) return { fault: 'too_long' }
  return isUnstorable(text) ? { fault: 'unstorable' } : { text }
}
