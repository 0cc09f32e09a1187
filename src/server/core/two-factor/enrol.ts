import type { Enrolment, RecoveryCodes } from '../../contract/two-factor.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { takeCodeAttempt } from '../security/code-attempts.ts'
import { readCode } from '../security/one-time-code.ts'
import { requireOwnPassword } from './own-password.ts'
import { makeRecoveryCodes } from './recovery.ts'
import { noteWrongCode } from './spend.ts'

const IS_ON = 'Two-step sign-in is on already'

/** A secret for the person's authenticator app; nothing asks for its codes yet. Errors: forbidden, conflict. */
export async function beginTwoFactor(ctx: MemberCtx, input: { password: string }): Promise<Enrolment> {
  const user = await requireOwnPassword(ctx, input.password)
  const secret = ctx.authenticator.newSecret()
  if (!(await ctx.secondFactors.begin(user.id, secret))) throw new DomainError('conflict', IS_ON)
  return { secret, uri: ctx.authenticator.uri(secret, user.email) }
}

/** Turns it on with a first code; answers the recovery codes, shown this once. Errors: invalid_input, conflict. */
export async function confirmTwoFactor(ctx: MemberCtx, input: { code: string }): Promise<RecoveryCodes> {
  const { userId, address = '' } = ctx.actor
  const factor = await ctx.secondFactors.find(userId)
  if (!factor) throw new DomainError('conflict', 'Begin two-step sign-in again')
  if (factor.isConfirmed) throw new DomainError('conflict', IS_ON)
  await takeCodeAttempt(ctx, { userId, address, isRecovery: false })
  const { secret } = factor
  const step = ctx.authenticator.stepOf(secret, readCode(input.code), ctx.clock.now())
  if (step === null) {
    noteWrongCode(ctx, userId, address)
    throw new DomainError('invalid_input', 'That code is not right')
  }
  const { codes, digests } = makeRecoveryCodes(ctx)
  if (!(await ctx.secondFactors.confirm(userId, { secret, step, recovery: digests })))
    throw new DomainError('conflict', 'Begin two-step sign-in again')
  await audit(ctx, { action: 'account.two_factor_enabled', target: `user:${userId}` })
  return { codes }
}
