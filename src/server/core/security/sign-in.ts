import { limitKeyOf } from '../../contract/network.ts'
import { DomainError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { MINUTE_MS } from './budget.ts'
import { noteAtDoor } from './note.ts'

type SignInPorts = Pick<Ports, 'limiter' | 'security' | 'settings'>

const WINDOW_MS = 15 * MINUTE_MS
/** Wrong passwords within the window: by one address, and for one account from anywhere. */
const MAX_BY_ADDRESS = 30
const MAX_BY_ACCOUNT = 10
/** New accounts an hour from one address: an office may register, a script may not go on. */
const MAX_REGISTRATIONS = 300
const HOUR_MS = 60 * MINUTE_MS

const keysOf = (address: string, login: string) =>
  [
    [`login:address:${limitKeyOf(address)}`, MAX_BY_ADDRESS],
    [`login:account:${login.trim().toLowerCase()}`, MAX_BY_ACCOUNT],
  ] as const

/** Throws rate_limited where too many wrong passwords came before; asked before the password is looked at. */
export async function requireSignInAllowed(ctx: SignInPorts, address: string, login: string): Promise<void> {
  if (!ctx.settings.limits.isRateLimited) return
  for (const [key, limit] of keysOf(address, login))
    if ((await ctx.limiter.count(key, WINDOW_MS)) >= limit) throw tooMany(ctx, address, WINDOW_MS / 3)
}

/** Counts a wrong password, against the person whose account it was for where there is one. */
export async function noteWrongPassword(
  ctx: SignInPorts,
  address: string,
  login: string,
  userId: number | null = null,
): Promise<void> {
  noteAtDoor(ctx, { kind: 'failed_authentication', address, userId, detail: { by: 'password' } })
  for (const [key] of keysOf(address, login)) await ctx.limiter.note(key, WINDOW_MS)
}

/** Takes one new account from an address's budget. Throws rate_limited. */
export async function takeRegistration(ctx: SignInPorts, address: string): Promise<void> {
  if (!ctx.settings.limits.isRateLimited) return
  const key = `register:${limitKeyOf(address)}`
  const { allowed, retryAfterMs } = await ctx.limiter.take(key, MAX_REGISTRATIONS, HOUR_MS)
  if (!allowed) throw tooMany(ctx, address, retryAfterMs)
}

/** Takes one try at a password link from an address's budget. Throws rate_limited. */
export async function takeResetTry(ctx: SignInPorts, address: string): Promise<void> {
  if (!ctx.settings.limits.isRateLimited) return
  const key = `reset:${limitKeyOf(address)}`
  const { allowed, retryAfterMs } = await ctx.limiter.take(key, MAX_BY_ADDRESS, WINDOW_MS)
  if (!allowed) throw tooMany(ctx, address, retryAfterMs)
}

function tooMany(ctx: SignInPorts, address: string, retryAfterMs: number) {
  noteAtDoor(ctx, { kind: 'rate_limit_violation', address, detail: { limit: 'sign_in' } })
  return new DomainError('rate_limited', 'Too many attempts. Try again later.', { cause: { retryAfterMs } })
}
