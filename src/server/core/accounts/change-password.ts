import { type ChangePassword, PASSWORD_SENTENCES, passwordProblem } from '../../contract/password.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { UserRow } from '../ports/accounts.ts'
import { audit } from '../security/audit.ts'
import { noteWrongPassword, requireSignInAllowed } from '../security/sign-in.ts'
import { getProfile } from './profile.ts'
import { tellSessionEnd } from './session-end.ts'

/**
 * Gives the person another password and ends their other sessions. The one they have is asked for, and guessing it is
 * limited as at the sign-in. Errors: forbidden (not their password), invalid_input, rate_limited.
 */
export async function changePassword(ctx: MemberCtx, input: ChangePassword): Promise<{ ended: number }> {
  const user = await getProfile(ctx)
  const { sessionId, address = '' } = ctx.actor
  await requireSignInAllowed(ctx, address, user.email)
  if (!(await ctx.passwords.verify(user.passwordHash, input.current))) {
    await noteWrongPassword(ctx, address, user.email)
    throw new DomainError('forbidden', 'This is not your present password')
  }
  requireGoodPassword(input.password, user)
  const ended = await ctx.accounts.setPassword(user.id, await ctx.passwords.hash(input.password), sessionId)
  for (const id of ended) tellSessionEnd(ctx.bus, id)
  const after = { sessions_ended: ended.length }
  await audit(ctx, { action: 'account.password_changed', target: `user:${user.id}`, after })
  return { ended: ended.length }
}

/** Throws invalid_input for a password of the person's that would be guessed; `cause` names the problem. */
export function requireGoodPassword(password: string, user: UserRow): void {
  const problem = passwordProblem(password, user)
  if (problem) throw new DomainError('invalid_input', PASSWORD_SENTENCES[problem], { cause: problem })
}
