import type { RetentionPreview, RetentionSetting } from '../../contract/retention.ts'
import type { MemberCtx } from '../context.ts'
import type { Expired } from '../ports/keeping.ts'
import type { Ports } from '../ports.ts'
import { audit, auditSystem } from '../security/audit.ts'
import { canSetRetention, requireRight } from '../security/can.ts'

const DAY_MS = 86_400_000
/** Conversations deleted by one statement, so that none holds the workspace's row for long. */
const GROUP = 20
const DENIED = 'Only owners decide how long data is kept'

/** How long the workspace keeps closed conversations. Errors: forbidden. */
export async function getRetention(ctx: MemberCtx): Promise<RetentionSetting> {
  requireRight(ctx, canSetRetention, DENIED)
  return { days: await ctx.keeping.days(ctx.actor.workspaceId) }
}

/** What would go at once if the workspace kept closed conversations for so many days. Errors: forbidden. */
export async function previewRetention(ctx: MemberCtx, input: { days: number }): Promise<RetentionPreview> {
  requireRight(ctx, canSetRetention, DENIED)
  return ctx.keeping.preview(ctx.actor.workspaceId, ctx.clock.now() - input.days * DAY_MS)
}

/** Decides it; the next round of housekeeping does it. Errors: forbidden. */
export async function setRetention(ctx: MemberCtx, input: RetentionSetting): Promise<RetentionSetting> {
  requireRight(ctx, canSetRetention, DENIED)
  const { workspaceId } = ctx.actor
  const before = await ctx.keeping.days(workspaceId)
  if (before === input.days) return input
  await ctx.keeping.setDays(workspaceId, input.days)
  const target = `workspace:${workspaceId}`
  await audit(ctx, {
    action: 'retention.changed',
    target,
    before: { days: before },
    after: { days: input.days },
  })
  return input
}

/** Deletes what is past its time in every workspace that has a limit, in groups; `isEnding` stops it between two. */
export async function applyRetention(
  ctx: Pick<Ports, 'keeping' | 'audit' | 'clock'>,
  isEnding: () => boolean = () => false,
): Promise<void> {
  for (const { workspaceId, days } of await ctx.keeping.limited()) {
    const gone = await expireAll(ctx, { workspaceId, before: ctx.clock.now() - days * DAY_MS, isEnding })
    if (gone.conversations === 0) continue
    const target = `workspace:${workspaceId}`
    await auditSystem(ctx, { action: 'retention.applied', target, after: { days, ...gone }, workspaceId })
  }
}

interface Expiring {
  workspaceId: number
  before: number
  isEnding(): boolean
}

async function expireAll({ keeping }: Pick<Ports, 'keeping'>, { workspaceId, before, isEnding }: Expiring) {
  const gone: Expired = { conversations: 0, messages: 0, customers: 0 }
  while (!isEnding()) {
    const group = await keeping.expire(workspaceId, before, GROUP)
    gone.conversations += group.conversations
    gone.messages += group.messages
    gone.customers += group.customers
    if (group.conversations < GROUP) break
  }
  return gone
}
