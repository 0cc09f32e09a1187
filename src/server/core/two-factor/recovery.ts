import { RECOVERY_CODES } from '../../contract/two-factor.ts'
import type { Ports } from '../ports.ts'
import { spellCode } from '../security/one-time-code.ts'

/** New recovery codes as people keep them, and what is kept of them here. */
export function makeRecoveryCodes(ctx: Pick<Ports, 'ids' | 'tokens'>): {
  codes: string[]
  digests: string[]
} {
  const made = Array.from({ length: RECOVERY_CODES }, () => ctx.ids.code())
  // 120 random bits: a plain digest is enough, and it finds its row.
  return { codes: made.map(spellCode), digests: made.map((code) => ctx.tokens.digest(code)) }
}
