import type { Register } from '../../contract/account.ts'
import { displayName } from '../../contract/display-name.ts'
import { DomainError } from '../errors.ts'
import type { UserRow } from '../ports/accounts.ts'
import { takeRegistration } from '../security/sign-in.ts'
import { type AccountPorts, type Origin, openTokens, type TokenAnswer } from './tokens.ts'

/** Makes an account with a workspace of its own and signs it in; conflict names the taken field in `cause`. */
export async function register(
  ctx: AccountPorts,
  input: Register & Origin,
): Promise<{ user: UserRow; tokens: TokenAnswer }> {
  requireOpenRegistration(ctx)
  await takeRegistration(ctx, input.address)
  const user = await createUser(ctx, input)
  return { user, tokens: await openTokens(ctx, user.id, origin(input)) }
}

/** Throws forbidden where the instance takes nobody new. */
export function requireOpenRegistration(ctx: Pick<AccountPorts, 'settings'>): void {
  if (!ctx.settings.allowRegistration) throw new DomainError('forbidden', 'Registration is closed')
}

/** Makes the account without signing it in, whoever asks. */
export async function createUser(ctx: AccountPorts, input: Register): Promise<UserRow> {
  const person = {
    email: input.email.toLowerCase(),
    username: input.username,
    firstName: input.first_name?.trim() ?? '',
    lastName: input.last_name?.trim() ?? '',
    locale: 'fa' as const,
  }
  const passwordHash = await ctx.passwords.hash(input.password)
  const workspaceName = displayName(person)
  return ctx.accounts.create({ ...person, passwordHash, workspaceName, epoch: ctx.ids.uuid() })
}

const origin = ({ userAgent, address }: Origin): Origin => ({ userAgent, address })
