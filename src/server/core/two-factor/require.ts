import { displayName } from '../../contract/display-name.ts'
import { DomainError } from '../errors.ts'
import type { UserRow } from '../ports/accounts.ts'
import { type SpendPorts, spendCode } from './spend.ts'

/** Why a right password was not enough, as the `cause` of the refusal. */
export const CODE_WANTED = 'otp_required'
export const CODE_WRONG = 'otp_invalid'

/**
 * Lets through whoever has no second factor, or brings it. Asked after the password was right, never before: what it
 * answers says that there is such an account. Throws unauthenticated with CODE_WANTED or CODE_WRONG as its cause.
 */
export async function requireSecondFactor(
  ctx: SpendPorts,
  user: UserRow,
  { otp, address }: { otp?: string | null | undefined; address: string },
): Promise<void> {
  const factor = await ctx.secondFactors.find(user.id)
  if (!factor?.isConfirmed) return
  if (!otp?.trim())
    throw new DomainError('unauthenticated', 'Enter the code of your authenticator app.', {
      cause: CODE_WANTED,
    })
  const kind = await spendCode(ctx, factor, { code: otp, address })
  if (kind === null)
    throw new DomainError('unauthenticated', 'That code is not right, or it was used already.', {
      cause: CODE_WRONG,
    })
  if (kind === 'recovery')
    await ctx.audit.add({
      workspaceId: null,
      actor: { kind: 'member', id: user.id, name: displayName(user) },
      action: 'account.recovery_code_used',
      target: `user:${user.id}`,
      before: null,
      after: { left: factor.recoveryLeft - 1 },
      address,
    })
}
