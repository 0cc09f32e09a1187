import { codePoints, strip } from '../../../contract/characters.ts'
import { MAX_RAW_CONTENT } from '../../../contract/limits.ts'
import { isLegacySpam } from './legacy-score.ts'

/** The original service's words; its clients compare them. */
export type ContentReason =
  | 'Empty content'
  | 'Content too long'
  | 'Rate limit exceeded'
  | 'Potential spam detected'
  | 'Unauthorized conversation access'
  | 'Content validated'

export interface ContentVerdict {
  valid: boolean
  reason: ContentReason
}

export interface ContentFlags {
  isOverRate?: boolean
  detectSpam?: boolean
  isUnauthorized?: boolean
}

function reasonFor(content: string | null | undefined, flags: ContentFlags): ContentReason {
  if (content == null || strip(content) === '') return 'Empty content'
  if (codePoints(content) > MAX_RAW_CONTENT) return 'Content too long'
  if (flags.isOverRate) return 'Rate limit exceeded'
  if (flags.detectSpam !== false && isLegacySpam(content)) return 'Potential spam detected'
  if (flags.isUnauthorized) return 'Unauthorized conversation access'
  return 'Content validated'
}

/**
 * The first thing that is wrong with a raw or REST text, in the original order. Empty and too long come before the rate,
 * so neither takes a slot; spam and a foreign conversation come after it and do. The length is that of the text as sent.
 */
export function contentVerdict(content: string | null | undefined, flags: ContentFlags = {}): ContentVerdict {
  const reason = reasonFor(content, flags)
  return { valid: reason === 'Content validated', reason }
}
