import { platformOf } from '../channels/platform-of.ts'
import type { Ctx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { noteAtDoor } from '../security/note.ts'

/**
 * Answers a platform that asks whether our address is meant: with its own word, for whoever knows the token that was agreed on.
 * Errors: forbidden.
 */
export function answerChallenge(
  ctx: Ctx,
  { source, query, address }: { source: 'instagram'; query: URLSearchParams; address: string },
): string {
  const challenge = platformOf(ctx, source)?.challenge?.(query) ?? null
  if (challenge !== null) return challenge
  noteAtDoor(ctx, { kind: 'failed_authentication', address, detail: { by: 'webhook', source } })
  throw new DomainError('forbidden', 'Invalid verification token')
}
