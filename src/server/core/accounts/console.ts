import { Login, Register } from '../../contract/account.ts'
import { displayName } from '../../contract/display-name.ts'
import type { DoorIdentity } from '../../contract/door.ts'
import { DomainError } from '../errors.ts'
import type { UserRow } from '../ports/accounts.ts'
import { requireCredentials } from './login.ts'
import { createAccount } from './register.ts'
import { type AccountPorts, endSession, type Origin, openSession } from './tokens.ts'

/** As long as the console's cookie lives. */
const CONSOLE_SESSION_MS = 30 * 24 * 60 * 60 * 1_000

export type ConsoleRegister = Origin & {
  username: string
  email: string
  password: string
  firstName: string
  lastName: string
  /** Makes the account the instance's administrator, where there is none. */
  setupCode?: string | undefined
}

/** Signs in on the console: a session without tokens, whose id the cookie carries. */
export async function consoleSignIn(
  ctx: AccountPorts,
  input: Origin & { login: string; password: string; otp?: string | undefined },
): Promise<DoorIdentity> {
  const { login: email_or_username, password, otp } = input
  const parsed = Login.safeParse({ email_or_username, password, otp })
  if (!parsed.success) throw new DomainError('unauthenticated', 'Invalid email/username or password.')
  return openConsole(ctx, await requireCredentials(ctx, parsed.data, input.address), input)
}

/** Registers on the console and signs in. */
export async function consoleRegister(ctx: AccountPorts, input: ConsoleRegister): Promise<DoorIdentity> {
  const { firstName: first_name, lastName: last_name, setupCode: setup_code, ...rest } = input
  const parsed = Register.safeParse({ ...rest, first_name, last_name, setup_code })
  if (!parsed.success) {
    throw new DomainError('invalid_input', parsed.error.issues[0]?.message ?? 'Check what you entered')
  }
  return openConsole(ctx, await createAccount(ctx, parsed.data, input.address), input)
}

/** Ends a console session; one that has ended already is no error. */
export const consoleSignOut = (ctx: AccountPorts, sessionId: string): Promise<void> =>
  endSession(ctx, sessionId)

async function openConsole(
  ctx: AccountPorts,
  user: UserRow,
  { userAgent, address }: Origin,
): Promise<DoorIdentity> {
  const expiresAt = ctx.clock.now() + CONSOLE_SESSION_MS
  const sessionId = await openSession(ctx, {
    userId: user.id,
    kind: 'console',
    expiresAt,
    userAgent,
    address,
  })
  return { userId: user.id, sessionId, name: displayName(user), email: user.email, locale: user.locale }
}
