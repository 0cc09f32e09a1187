import type { Login } from '../../contract/account.ts'
import { isUnstorable } from '../../contract/characters.ts'
import { DomainError } from '../errors.ts'
import type { UserRow } from '../ports/accounts.ts'
import { noteWrongPassword, requireSignInAllowed } from '../security/sign-in.ts'
import { requireSecondFactor } from '../two-factor/require.ts'
import { type AccountPorts, type Origin, openTokens, type TokenAnswer } from './tokens.ts'

/** Signs in by e-mail address or user name, and by the second factor where the person has one. */
export async function login(
  ctx: AccountPorts,
  { userAgent, address, ...input }: Login & Origin,
): Promise<{ user: UserRow; tokens: TokenAnswer }> {
  const user = await requireCredentials(ctx, input, address)
  return { user, tokens: await openTokens(ctx, user.id, { userAgent, address }) }
}

/** The person who proves themselves with everything that their account asks for: every way in passes through here. */
export async function requireCredentials(ctx: AccountPorts, input: Login, address: string): Promise<UserRow> {
  const user = await requirePassword(ctx, input, address)
  await requireSecondFactor(ctx, user, { otp: input.otp, address })
  return user
}

/** The person whose password this is. Unknown people are refused in the same words and the same time. */
async function requirePassword(
  ctx: Pick<AccountPorts, 'accounts' | 'passwords' | 'limiter' | 'security' | 'settings'>,
  input: Login,
  address: string,
): Promise<UserRow> {
  const name = input.email_or_username.trim()
  await requireSignInAllowed(ctx, address, name)
  const user = isUnstorable(name) ? null : await ctx.accounts.findByLogin(name)
  const matches = await ctx.passwords.verify(user?.passwordHash ?? null, input.password)
  if (user && matches) return user
  await noteWrongPassword(ctx, address, name, user?.id)
  throw new DomainError('unauthenticated', 'Invalid email/username or password.')
}
