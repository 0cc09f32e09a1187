import { z } from 'zod'
import { Instant } from './customer.ts'
import { IntId } from './ids.ts'

/** What is looked at. Names are on the wire and never change their meaning. */
export const CheckCode = z.enum([
  'connection',
  'token',
  'expiry',
  'webhook',
  'secret',
  'updates',
  'pending',
  'last_error',
  'clock',
  'queue',
  'failures',
  'origins',
  'proof',
])
export type CheckCode = z.infer<typeof CheckCode>

export const CheckState = z.enum(['ok', 'warning', 'broken', 'unknown'])
export type CheckState = z.infer<typeof CheckState>

/** What was found, by check; the interface has a sentence for each. */
export const CHECK_FINDINGS = {
  connection: ['connected', 'stopped'],
  token: ['accepted', 'refused', 'unreachable', 'other_account'],
  expiry: ['far', 'near', 'over'],
  webhook: [
    'ours',
    'missing',
    'elsewhere',
    'asked_for',
    'in_the_way',
    'contested',
    'subscribed',
    'unsubscribed',
    'untold',
  ],
  secret: ['matching', 'refused', 'tried', 'unset', 'unsigned'],
  updates: ['complete', 'incomplete', 'unsubscribed'],
  pending: ['few', 'many'],
  last_error: ['none', 'old', 'recent'],
  clock: ['same', 'different', 'untold'],
  queue: ['moving', 'waiting'],
  failures: ['none', 'single', 'some'],
  origins: ['named', 'none'],
  proof: ['seen', 'long_ago', 'never'],
} as const satisfies Record<CheckCode, readonly [string, ...string[]]>

/** What one click does about it. */
export const RepairCode = z.enum([
  'set_webhook',
  'remove_webhook',
  'subscribe',
  'renew_token',
  'retry_deliveries',
])
export type RepairCode = z.infer<typeof RepairCode>

/** Besides, what takes something of the person: a token, the pages of a website. */
export const Remedy = z.enum([...RepairCode.options, 'reconnect', 'name_origins'])
export type Remedy = z.infer<typeof Remedy>

/** One thing that was looked at. No field of it is secret. */
export const ChannelCheck = z.strictObject({
  code: CheckCode,
  state: CheckState,
  /** One of CHECK_FINDINGS. */
  finding: z.string(),
  /** When it was so. */
  at: Instant.nullable(),
  count: z.number().int().nullable(),
  /** The platform's own words. */
  words: z.string().nullable(),
  /** Where events go instead, without their path. */
  origin: z.string().nullable(),
  remedy: Remedy.nullable(),
})
export type ChannelCheck = z.infer<typeof ChannelCheck>

/** How a channel is: as badly as the worst of its checks. */
export const ChannelHealth = z.strictObject({
  channel_id: IntId,
  state: z.enum(['ok', 'warning', 'broken']),
  checked_at: Instant,
  checks: z.array(ChannelCheck),
})
export type ChannelHealth = z.infer<typeof ChannelHealth>

export const ExamineChannel = z.object({
  channelId: IntId,
  /** Whether what was found moments ago will not do. */
  isFresh: z.boolean().default(false),
})
export type ExamineChannel = z.input<typeof ExamineChannel>

export const RepairChannel = z.object({ channelId: IntId, repair: RepairCode })
export type RepairChannel = z.infer<typeof RepairChannel>
