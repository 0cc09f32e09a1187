import type { ProveBoth, RecoveryCodes, TwoFactor } from '../../contract/two-factor.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { requireOwnPassword } from './own-password.ts'
import { makeRecoveryCodes } from './recovery.ts'
import { spendCode } from './spend.ts'

/** Whether the person who asks signs in with a second step, and how many recovery codes are left. */
export async function getTwoFactor(ctx: MemberCtx): Promise<TwoFactor> {
  const factor = await ctx.secondFactors.find(ctx.actor.userId)
  return { isOn: factor?.isConfirmed ?? false, recoveryLeft: factor?.recoveryLeft ?? 0 }
}

/** Turns it off. Errors: forbidden for the password, invalid_input for the code, conflict where it is off. */
export async function disableTwoFactor(ctx: MemberCtx, input: ProveBoth): Promise<void> {
  const { userId } = ctx.actor
  await requireBoth(ctx, input)
  await ctx.secondFactors.remove(userId)
  await audit(ctx, { action: 'account.two_factor_disabled', target: `user:${userId}` })
}

/** Puts new recovery codes in place of the old ones; they are shown this once. Errors as above. */
export async function renewRecoveryCodes(ctx: MemberCtx, input: ProveBoth): Promise<RecoveryCodes> {
  const { userId } = ctx.actor
  await requireBoth(ctx, input)
  const { codes, digests } = makeRecoveryCodes(ctx)
  await ctx.secondFactors.replaceRecovery(userId, digests)
  await audit(ctx, { action: 'account.recovery_codes_renewed', target: `user:${userId}` })
  return { codes }
}

// The password first: a code is spent by looking at it.
async function requireBoth(ctx: MemberCtx, { password, code }: ProveBoth): Promise<void> {
  await requireOwnPassword(ctx, password)
  const factor = await ctx.secondFactors.find(ctx.actor.userId)
  if (!factor?.isConfirmed) throw new DomainError('conflict', 'Two-step sign-in is off')
  if ((await spendCode(ctx, factor, { code, address: ctx.actor.address ?? '' })) === null)
    throw new DomainError('invalid_input', 'That code is not right, or it was used already')
}
