import { z } from 'zod'
import { Instant } from './customer.ts'

/** The shortest a workspace may keep what is closed: a slip of the finger must not empty it. */
export const MIN_RETENTION_DAYS = 30
export const MAX_RETENTION_DAYS = 3_650

const days = z.number().int().min(MIN_RETENTION_DAYS).max(MAX_RETENTION_DAYS)

/** Closed conversations go this many days after their last activity; null: never. */
export const RetentionSetting = z.object({ days: days.nullable() })
export type RetentionSetting = z.infer<typeof RetentionSetting>

export const PreviewRetention = z.object({ days })
export type PreviewRetention = z.infer<typeof PreviewRetention>

/** What would go at once, of how many conversations; `oldest` and `newest`: their last activity. */
export const RetentionPreview = z.object({
  conversations: z.number().int().min(0),
  messages: z.number().int().min(0),
  customers: z.number().int().min(0),
  ofConversations: z.number().int().min(0),
  oldest: Instant.nullable(),
  newest: Instant.nullable(),
})
export type RetentionPreview = z.infer<typeof RetentionPreview>
