import { z } from 'zod'
import { Instant } from './customer.ts'
import { IntId } from './ids.ts'
import { SecurityKind } from './security.ts'

/** The periods that the console draws, in hours, and the steps that it draws them in. */
export const PERIODS = {
  hour: { hours: 1, stepMs: 60_000 },
  day: { hours: 24, stepMs: 15 * 60_000 },
  week: { hours: 7 * 24, stepMs: 2 * 3_600_000 },
} as const

export const SecurityPeriod = z.enum(['hour', 'day', 'week'])
export type SecurityPeriod = z.infer<typeof SecurityPeriod>

/** What is counted together. */
export const WATCHED = {
  attempts: ['connection_attempt'],
  failures: ['failed_authentication'],
  limits: ['rate_limit_violation', 'connection_limit'],
  spam: ['spam_blocked', 'spam_held'],
  blocked: ['blacklisted', 'blocked_request'],
} as const satisfies Record<string, readonly SecurityKind[]>

export const Watched = z.enum(['attempts', 'failures', 'limits', 'spam', 'blocked'])
export type Watched = z.infer<typeof Watched>

const count = z.number().int().min(0)
const Figures = z.object({ attempts: count, failures: count, limits: count, spam: count, blocked: count })
export type Figures = z.infer<typeof Figures>

export const SecurityPoint = Figures.extend({ at: Instant })
export type SecurityPoint = z.infer<typeof SecurityPoint>

/** What happened at the doors of the instance, to whoever runs it, or of the workspace. */
export const SecurityOverview = z.object({
  scope: z.enum(['instance', 'workspace']),
  figures: Figures,
  points: z.array(SecurityPoint),
})
export type SecurityOverview = z.infer<typeof SecurityOverview>

export const MAX_WATCH_PAGE = 100

/** Newest first; `cursor` is the id of the last event of the page before. */
export const ListSecurityEvents = z.object({
  of: Watched.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.number().int().min(1).max(MAX_WATCH_PAGE).default(30),
})
export type ListSecurityEvents = z.infer<typeof ListSecurityEvents>

/** One event as the console tells it. `address` and `network` are null to all but the instance administrator. */
export const SecurityEventRow = z.object({
  id: z.string(),
  at: Instant,
  kind: SecurityKind,
  count: count,
  /** True of what happened in the workspace that the reader works in. */
  isHere: z.boolean(),
  user: z.object({ id: IntId, name: z.string() }).nullable(),
  address: z.string().nullable(),
  /** Which proof failed, which limit was met, why an address was blocked. */
  by: z.string().nullable(),
  /** The entry of the blacklist behind it, where it still holds: it can be lifted. */
  network: z.string().nullable(),
})
export type SecurityEventRow = z.infer<typeof SecurityEventRow>

export const SecurityEventPage = z.object({
  events: z.array(SecurityEventRow),
  /** What `cursor` is for the next page; null at the end. */
  next: z.string().nullable(),
})
export type SecurityEventPage = z.infer<typeof SecurityEventPage>
