import type { Register } from '../../contract/account.ts'
import { displayName } from '../../contract/display-name.ts'
import { DomainError } from '../errors.ts'
import type { Administers, UserRow } from '../ports/accounts.ts'
import { takeRegistration } from '../security/sign-in.ts'
import { claimOf, noteClaim } from '../setup/claim.ts'
import { type AccountPorts, type Origin, openTokens, type TokenAnswer } from './tokens.ts'

/** Makes an account with a workspace of its own and signs it in; conflict names the taken field in `cause`. */
export async function register(
  ctx: AccountPorts,
  input: Register & Origin,
): Promise<{ user: UserRow; tokens: TokenAnswer }> {
  const user = await createAccount(ctx, input, input.address)
  return { user, tokens: await openTokens(ctx, user.id, origin(input)) }
}

/**
 * Makes the account of somebody who asks for one. A setup code opens what ALLOW_REGISTRATION closes, once. Throws
 * forbidden where the instance takes nobody new, or the code is not good.
 */
export async function createAccount(ctx: AccountPorts, input: Register, address: string): Promise<UserRow> {
  const code = input.setup_code
  if (!ctx.settings.allowRegistration && !code?.trim())
    throw new DomainError('forbidden', 'Registration is closed')
  await takeRegistration(ctx, address)
  const administers = await claimOf(ctx, { code, address })
  const user = await createUser(ctx, input, administers)
  if (typeof administers === 'object') await noteClaim(ctx, user, address)
  return user
}

/** Makes the account without signing it in, whoever asks. */
export async function createUser(
  ctx: Pick<AccountPorts, 'accounts' | 'passwords' | 'ids'>,
  input: Register,
  administers: Administers,
): Promise<UserRow> {
  const person = {
    email: input.email.toLowerCase(),
    username: input.username,
    firstName: input.first_name?.trim() ?? '',
    lastName: input.last_name?.trim() ?? '',
    locale: 'fa' as const,
  }
  const passwordHash = await ctx.passwords.hash(input.password)
  const workspaceName = displayName(person)
  return ctx.accounts.create({ ...person, passwordHash, workspaceName, epoch: ctx.ids.uuid(), administers })
}

const origin = ({ userAgent, address }: Origin): Origin => ({ userAgent, address })
