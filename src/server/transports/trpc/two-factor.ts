import {
  Enrolment,
  ProveBoth,
  ProveCode,
  ProvePassword,
  RecoveryCodes,
  TwoFactor,
} from '../../contract/two-factor.ts'
import { beginTwoFactor, confirmTwoFactor } from '../../core/two-factor/enrol.ts'
import { disableTwoFactor, getTwoFactor, renewRecoveryCodes } from '../../core/two-factor/manage.ts'
import { procedure, router } from './trpc.ts'

export const twoFactor = router({
  get: procedure.output(TwoFactor).query(({ ctx }) => getTwoFactor(ctx.core)),
  begin: procedure
    .input(ProvePassword)
    .output(Enrolment)
    .mutation(({ ctx, input }) => beginTwoFactor(ctx.core, input)),
  confirm: procedure
    .input(ProveCode)
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => confirmTwoFactor(ctx.core, input)),
  disable: procedure
    .input(ProveBoth)
    .output(TwoFactor)
    .mutation(async ({ ctx, input }) => {
      await disableTwoFactor(ctx.core, input)
      return getTwoFactor(ctx.core)
    }),
  renewCodes: procedure
    .input(ProveBoth)
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => renewRecoveryCodes(ctx.core, input)),
})
