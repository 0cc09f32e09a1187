import type { MemberCtx } from '../context.ts'
import { audit } from '../security/audit.ts'
import { canManageKeys, requireRight } from '../security/can.ts'

export interface BotState {
  /** Whether the workspace wants the bot to answer. */
  isOn: boolean
  /** Whether a program may: a live key with the scope `ai`. Only with both are new conversations the bot's. */
  hasKey: boolean
}

/** Whether the bot answers in the workspace. */
export const getBot = (ctx: MemberCtx): Promise<BotState> => ctx.keys.bot(ctx.actor.workspaceId)

/** Lets the bot answer new conversations, or no longer. Errors: forbidden. */
export async function setBot(ctx: MemberCtx, input: { isOn: boolean }): Promise<BotState> {
  requireRight(ctx, canManageKeys, 'Only owners and admins can switch the bot')
  await ctx.keys.setBot(ctx.actor.workspaceId, input.isOn)
  await audit(ctx, {
    action: 'bot.switched',
    target: `workspace:${ctx.actor.workspaceId}`,
    after: { ...input },
  })
  return getBot(ctx)
}
