import { limitKeyOf } from '../../contract/network.ts'
import { DomainError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { MINUTE_MS } from './budget.ts'

type AttemptPorts = Pick<Ports, 'limiter'>

const QUARTER_MS = 15 * MINUTE_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/**
 * Codes of six digits tried for one account, right ones too. Three of a million are right at a time: whoever has the
 * password and tries for a month without a pause gets in once in a hundred times.
 */
const MAX_BY_ACCOUNT = 10
const MAX_BY_ACCOUNT_A_DAY = 100
/** Codes of any kind tried from one address. */
const MAX_BY_ADDRESS = 60
/** Setup codes tried from one address in an hour. */
const MAX_SETUPS = 10

/**
 * Takes one try at a second factor. A place is taken before the code is looked at, so that many tries at once are
 * counted too; ENABLE_RATE_LIMITING does not open this. Recovery codes cannot be guessed, and so are not kept from the
 * owner of an account at which somebody else is guessing. Throws rate_limited.
 */
export async function takeCodeAttempt(
  ctx: AttemptPorts,
  { userId, address, isRecovery }: { userId: number; address: string; isRecovery: boolean },
): Promise<void> {
  await take(ctx, `code:address:${limitKeyOf(address)}`, MAX_BY_ADDRESS, QUARTER_MS)
  if (isRecovery) return
  await take(ctx, `code:account:${userId}`, MAX_BY_ACCOUNT, QUARTER_MS)
  await take(ctx, `code:account:${userId}`, MAX_BY_ACCOUNT_A_DAY, DAY_MS)
}

/** Takes one try at a setup code. Throws rate_limited. */
export const takeSetupAttempt = (ctx: AttemptPorts, address: string): Promise<void> =>
  take(ctx, `setup:${limitKeyOf(address)}`, MAX_SETUPS, HOUR_MS)

async function take({ limiter }: AttemptPorts, key: string, limit: number, windowMs: number) {
  const { allowed, retryAfterMs } = await limiter.take(key, limit, windowMs)
  if (!allowed)
    throw new DomainError('rate_limited', 'Too many attempts. Try again later.', { cause: { retryAfterMs } })
}
