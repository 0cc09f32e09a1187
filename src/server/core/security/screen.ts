import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { noteSecurity } from './note.ts'
import { isLegacySpam } from './spam/legacy-score.ts'

/** Refuses what the seed's score calls spam, from people with a token; an agent at the console is not scored. */
export function screenMessage(ctx: MemberCtx, content: string): void {
  const isScored = ctx.actor.sessionKind === 'api' && !ctx.actor.key
  if (!isScored || !ctx.settings.limits.isSpamChecked || !isLegacySpam(content)) return
  noteSecurity(ctx, 'spam_blocked')
  throw new DomainError('invalid_input', 'Potential spam detected', { cause: 'spam' })
}
