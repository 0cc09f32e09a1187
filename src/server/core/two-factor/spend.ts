import type { SecondFactor } from '../ports/two-factor.ts'
import type { Ports } from '../ports.ts'
import { takeCodeAttempt } from '../security/code-attempts.ts'
import { noteAtDoor } from '../security/note.ts'
import { readCode } from '../security/one-time-code.ts'

export type SpendPorts = Pick<
  Ports,
  'secondFactors' | 'authenticator' | 'tokens' | 'limiter' | 'security' | 'clock' | 'audit'
>

const RECOVERY = /^[0-9a-z]{24}$/

/** Spends the code somebody typed; answers of which kind it was, or null where it is not right or was spent before. */
export async function spendCode(
  ctx: SpendPorts,
  factor: SecondFactor,
  given: { code: string; address: string },
): Promise<'time' | 'recovery' | null> {
  const { userId } = factor
  const code = readCode(given.code)
  const isRecovery = RECOVERY.test(code)
  await takeCodeAttempt(ctx, { userId, address: given.address, isRecovery })
  if (isRecovery && (await ctx.secondFactors.spendRecovery(userId, ctx.tokens.digest(code))))
    return 'recovery'
  const step = isRecovery ? null : ctx.authenticator.stepOf(factor.secret, code, ctx.clock.now())
  if (step !== null && (await ctx.secondFactors.spendStep(userId, step))) return 'time'
  noteWrongCode(ctx, userId, given.address)
  return null
}

/** Writes down that a code was wrong. */
export const noteWrongCode = (ctx: Pick<Ports, 'security'>, userId: number, address: string): void =>
  noteAtDoor(ctx, { kind: 'failed_authentication', userId, address, detail: { reason: 'second_factor' } })
