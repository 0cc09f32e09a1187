import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { UserRow } from '../ports/accounts.ts'
import { noteWrongPassword, requireSignInAllowed } from '../security/sign-in.ts'

/**
 * The person who asks, once they have typed their password again: whoever finds a console open must not change how its
 * owner signs in. Counts as a sign-in does. Throws forbidden.
 */
export async function requireOwnPassword(ctx: MemberCtx, password: string): Promise<UserRow> {
  const { userId, address = '' } = ctx.actor
  const user = await ctx.accounts.findById(userId)
  if (!user) throw new DomainError('unauthenticated', 'Sign in to continue')
  await requireSignInAllowed(ctx, address, user.email)
  if (await ctx.passwords.verify(user.passwordHash, password)) return user
  await noteWrongPassword(ctx, address, user.email, userId)
  throw new DomainError('forbidden', 'That password is not right')
}
