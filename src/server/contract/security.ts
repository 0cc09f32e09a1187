import { z } from 'zod'
import { ConversationStatus } from './conversation.ts'
import { Instant, Source } from './customer.ts'
import { ConversationId, IntId } from './ids.ts'
import { NetworkText } from './network.ts'
import { storableText } from './text.ts'

/** What is noted at the doors. Names are stored and never change their meaning. */
export const SecurityKind = z.enum([
  'connection_attempt',
  'failed_authentication',
  'rate_limit_violation',
  'connection_limit',
  'spam_blocked',
  'spam_held',
  'blacklisted',
  'blocked_request',
])
export type SecurityKind = z.infer<typeof SecurityKind>

/** How long security events are kept; nobody can ask further back. */
export const SECURITY_DAYS = 90
export const MAX_REPORT_HOURS = SECURITY_DAYS * 24

/** The length of a report's period; part of an hour may be asked for. */
export const ReportHours = z
  .number('hours must be a number')
  .positive('hours must be more than 0')
  .max(MAX_REPORT_HOURS, `hours must be at most ${MAX_REPORT_HOURS}`)

const count = z.number().int().min(0)

/** The seed's `get_security_summary`. */
export const SecuritySummary = z.strictObject({
  timeframe_hours: z.number(),
  timestamp: Instant,
  connection_attempts: count,
  failed_authentications: count,
  blacklisted_ips: count.meta({
    description: 'Addresses kept out now; 0 to all but the instance administrator',
  }),
  spam_messages_blocked: count,
  rate_limit_violations: count,
})
export type SecuritySummary = z.infer<typeof SecuritySummary>

/** The seed's `get_user_websocket_stats`. */
export const UserStats = z.strictObject({
  messages_sent: count,
  active_conversations: count,
  period_hours: z.number(),
  calculated_at: Instant,
})
export type UserStats = z.infer<typeof UserStats>

export const MAX_REPORTED_EVENTS = 50
export const MAX_REPORTED_CONVERSATIONS = 10

/** One event as a report shows it. `count` is more than 1 where a flood was noted as one. */
export const ReportedEvent = z.strictObject({
  timestamp: Instant,
  ip_address: z.string().nullable().meta({ description: 'null to all but the instance administrator' }),
  user_id: IntId.nullable(),
  reason: SecurityKind,
  count: count.min(1),
})
export type ReportedEvent = z.infer<typeof ReportedEvent>

/** The seed's `get_user_activity_report`. */
export const UserActivity = z.strictObject({
  user_id: IntId,
  generated_at: Instant,
  websocket_stats: UserStats,
  recent_conversations: z
    .array(
      z.strictObject({ id: ConversationId, source: Source, status: ConversationStatus, updated_at: Instant }),
    )
    .max(MAX_REPORTED_CONVERSATIONS),
  security_events: z.array(ReportedEvent).max(MAX_REPORTED_EVENTS),
})
export type UserActivity = z.infer<typeof UserActivity>

/** The longest that somebody is kept out by one entry. */
export const MAX_BLOCK_HOURS = 24 * 365
export const MAX_BLOCK_REASON = 200

/** Keeps an address or a network out. */
export const BlockAddress = z.object({
  ip: NetworkText,
  hours: z
    .number()
    .positive('Enter more than 0 hours')
    .max(MAX_BLOCK_HOURS, `Enter at most ${MAX_BLOCK_HOURS} hours`)
    .optional()
    .meta({ description: 'BLACKLIST_DURATION_HOURS where it is not said; part of an hour may be' }),
  reason: storableText(MAX_BLOCK_REASON).default(''),
  confirm: z.boolean().default(false).meta({ description: 'True to keep out even oneself, or this machine' }),
})
export type BlockAddress = z.input<typeof BlockAddress>

/** One entry of the blacklist. A single IPv4 address stands without its bits. */
export const BlockedAddress = z.strictObject({
  ip: z.string(),
  reason: z.string(),
  created_at: Instant,
  expires_at: Instant,
  hits: count,
})
export type BlockedAddress = z.infer<typeof BlockedAddress>
