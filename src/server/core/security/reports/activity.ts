import {
  MAX_REPORTED_CONVERSATIONS,
  MAX_REPORTED_EVENTS,
  type ReportedEvent,
  type UserActivity,
  type UserStats,
} from '../../../contract/security.ts'
import type { MemberCtx } from '../../context.ts'
import type { SecurityEvent } from '../../ports/reports.ts'
import { canManageInstance } from '../can.ts'
import { sharedWorkspaces, sinceOf } from './scope.ts'

const DEFAULT_HOURS = 24

/**
 * The seed's `get_user_websocket_stats`: what a person sent, and how many of their workspaces' conversations changed, in
 * the workspaces that the asker may see. Errors: invalid_input (hours), not_found (nobody of theirs).
 */
export async function getUserWebsocketStats(
  ctx: MemberCtx,
  userId: number,
  hours = DEFAULT_HOURS,
): Promise<UserStats> {
  const since = sinceOf(ctx, hours)
  const { messagesSent, activeConversations } = await ctx.reports.activity(
    await sharedWorkspaces(ctx, userId),
    { userId, since },
  )
  return {
    messages_sent: messagesSent,
    active_conversations: activeConversations,
    period_hours: hours,
    calculated_at: new Date(ctx.clock.now()).toISOString(),
  }
}

/** The seed's `get_user_activity_report`, of the workspaces that the asker may see. Errors: not_found (nobody of theirs). */
export async function getUserActivityReport(ctx: MemberCtx, userId: number): Promise<UserActivity> {
  const workspaceIds = await sharedWorkspaces(ctx, userId)
  const order = { by: 'updated_at', isDescending: true } as const
  const first = { offset: 0, limit: MAX_REPORTED_CONVERSATIONS }
  const [stats, recent, events] = await Promise.all([
    getUserWebsocketStats(ctx, userId),
    ctx.conversations.page(workspaceIds, { order }, first),
    ctx.reports.eventsOf(userId, workspaceIds, MAX_REPORTED_EVENTS),
  ])
  return {
    user_id: userId,
    generated_at: new Date(ctx.clock.now()).toISOString(),
    websocket_stats: stats,
    recent_conversations: recent.rows.map(({ id, source, status, updatedAt }) => ({
      id,
      source,
      status,
      updated_at: updatedAt,
    })),
    security_events: events.map((event) => toReported(ctx, event)),
  }
}

const toReported = (ctx: MemberCtx, { at, address, user, kind, count }: SecurityEvent): ReportedEvent => ({
  timestamp: at,
  ip_address: canManageInstance(ctx.actor) ? address : null,
  user_id: user?.id ?? null,
  reason: kind,
  count,
})
