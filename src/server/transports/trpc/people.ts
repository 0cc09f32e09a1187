import { z } from 'zod'
import { ChangeRole, Invitation, Invite, Locale, Me, Member } from '../../contract/account.ts'
import { IntId } from '../../contract/ids.ts'
import { ResetLink } from '../../contract/password.ts'
import { makeResetLink } from '../../core/accounts/reset-link.ts'
import { getBot, setBot } from '../../core/workspaces/bot.ts'
import { acceptInvitation, inviteMember } from '../../core/workspaces/invite.ts'
import { changeRole, removeMember } from '../../core/workspaces/members.ts'
import { getMe, listMembers, setLocale } from '../../core/workspaces/people.ts'
import { procedure, router } from './trpc.ts'

const OneMember = z.object({ userId: IntId })
const BotState = z.object({ isOn: z.boolean(), hasKey: z.boolean() })

export const people = router({
  me: procedure.output(Me).query(({ ctx }) => getMe(ctx.core)),
  members: procedure.output(z.array(Member)).query(({ ctx }) => listMembers(ctx.core)),
  invite: procedure
    .input(Invite)
    .output(Invitation)
    .mutation(({ ctx, input }) => inviteMember(ctx.core, input)),
  acceptInvitation: procedure
    .input(z.object({ token: z.string().min(1).max(200) }))
    .output(z.object({ workspaceId: IntId }))
    .mutation(({ ctx, input }) => acceptInvitation(ctx.core, input)),
  changeRole: procedure.input(ChangeRole).mutation(({ ctx, input }) => changeRole(ctx.core, input)),
  remove: procedure.input(OneMember).mutation(({ ctx, input }) => removeMember(ctx.core, input)),
  makeResetLink: procedure
    .input(OneMember)
    .output(ResetLink)
    .mutation(({ ctx, input }) => makeResetLink(ctx.core, input)),
  bot: procedure.output(BotState).query(({ ctx }) => getBot(ctx.core)),
  setBot: procedure
    .input(z.object({ isOn: z.boolean() }))
    .output(BotState)
    .mutation(({ ctx, input }) => setBot(ctx.core, input)),
  setLocale: procedure
    .input(z.object({ locale: Locale }))
    .output(z.object({ locale: Locale }))
    .mutation(({ ctx, input }) => setLocale(ctx.core, input)),
})
