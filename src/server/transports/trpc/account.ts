import { z } from 'zod'
import { ChangePassword, ResetPassword } from '../../contract/password.ts'
import { AccountSession } from '../../contract/session.ts'
import { changePassword } from '../../core/accounts/change-password.ts'
import { resetPassword } from '../../core/accounts/reset-link.ts'
import { endOtherSessions, endSessionOf, listSessions } from '../../core/accounts/sessions.ts'
import { openProcedure, procedure, router } from './trpc.ts'

const Ended = z.object({ ended: z.number().int() })

/** A person's own account: where they are signed in, and by which password. */
export const account = router({
  sessions: procedure.output(z.array(AccountSession)).query(({ ctx }) => listSessions(ctx.core)),
  endSession: procedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => endSessionOf(ctx.core, input)),
  endOtherSessions: procedure.output(Ended).mutation(({ ctx }) => endOtherSessions(ctx.core)),
  changePassword: procedure
    .input(ChangePassword)
    .output(Ended)
    .mutation(({ ctx, input }) => changePassword(ctx.core, input)),
  /** With a link's secret, and without a session: whoever has forgotten their password has none. */
  resetPassword: openProcedure
    .input(ResetPassword)
    .mutation(({ ctx, input }) => resetPassword(ctx.base, { ...input, address: ctx.address })),
})
