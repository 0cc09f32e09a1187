import { z } from 'zod'
import type { GraphOp, NewFault } from '../call-types.ts'
import type {
  AccountChange,
  CustomerChange,
  DeliverySettings,
  NewAccount,
  NewAttachment,
  NewCallback,
  NewCustomer,
  NewMessage,
  NewOwnerMessage,
  NewToken,
  RawEvent,
  RawPost,
  Referral,
} from '../control-types.ts'

type Unplaced<Shape> = Omit<Shape, 'accountId' | 'igsid'>
const text = z.string()
const count = z.number().int()
const flag = z.boolean()

/** What the control API takes over HTTP; what does not fit is refused by name. */
export const Secret = z.object({ secret: text.min(8).optional() })
export const Callback: z.ZodType<NewCallback> = z.object({
  url: text,
  verifyToken: text,
  verify: flag.optional(),
})
export const AccountInput: z.ZodType<NewAccount> = z.object({
  id: text.optional(),
  username: text,
  name: text.optional(),
  token: text.optional(),
})
export const AccountPatch: z.ZodType<AccountChange> = z.object({
  username: text.optional(),
  name: text.nullable().optional(),
  humanAgent: flag.optional(),
  usagePercent: count.optional(),
  regainMinutes: count.optional(),
})
export const TokenInput: z.ZodType<Unplaced<NewToken>> = z.object({
  kind: z.enum(['short', 'long']).optional(),
  ageMs: count.optional(),
  lifeMs: count.optional(),
})
export const Revocation = z.object({
  subcode: z.union([z.literal(458), z.literal(460), z.literal(467)]).optional(),
})
export const CustomerInput: z.ZodType<NewCustomer> = z.object({
  id: text.regex(/^[\w.-]{1,64}$/).optional(),
  username: text,
  name: text.nullable().optional(),
})
export const CustomerPatch: z.ZodType<CustomerChange> = z.object({
  username: text.optional(),
  name: text.nullable().optional(),
  profile: z.enum(['visible', 'no_consent', 'unavailable']).optional(),
})
export const ThreadInput = z.object({ customerId: text })
export const ThreadPatch = z.object({ blocked: flag.optional(), deleted: flag.optional() })

const Attachment: z.ZodType<NewAttachment> = z.object({
  type: text.min(1).max(100),
  mediaId: text.optional(),
  sample: z.enum(['image', 'video', 'audio', 'file']).optional(),
  url: text.optional(),
  title: text.optional(),
  reelVideoId: text.optional(),
  bare: flag.optional(),
})
const ReferralShape: z.ZodType<Referral> = z.object({
  ref: text.optional(),
  source: text.optional(),
  type: text.optional(),
})
export const MessageInput: z.ZodType<Unplaced<NewMessage>> = z.object({
  text: text.optional(),
  attachments: z.array(Attachment).optional(),
  replyToMid: text.optional(),
  storyId: text.optional(),
  quickReplyPayload: text.optional(),
  referral: ReferralShape.optional(),
  unsupported: flag.optional(),
})
export const OwnerMessageInput: z.ZodType<Unplaced<NewOwnerMessage>> = z.object({
  text: text.optional(),
  attachments: z.array(Attachment).optional(),
  replyToMid: text.optional(),
  appId: text.optional(),
})
export const MessagePatch = z.object({ text })
export const Reaction = z.object({ emoji: text.min(1).nullable(), reaction: text.optional() })
export const Seen = z.object({ mid: text.optional() })
export const Postback = z.object({ title: text, payload: text, mid: text.optional() })
export const ReferralInput = z.object({ referral: ReferralShape })

const anything = z.record(text, z.unknown())
export const EventInput: z.ZodType<RawEvent> = z.object({
  accountId: text,
  list: z.enum(['messaging', 'standby', 'changes']),
  item: anything,
})
export const PostInput: z.ZodType<RawPost> = z.object({
  body: text,
  signature: z.enum(['valid', 'wrong', 'missing', 'malformed', 'sha1-only']).optional(),
  copies: count.optional(),
})
export const Redelivery = z.object({ copies: count.default(1) })
export const DeliveryPatch: z.ZodType<Partial<DeliverySettings>> = z.object({
  paused: flag.optional(),
  latencyMs: count.optional(),
  copies: count.optional(),
  batch: count.optional(),
  order: z.enum(['as-it-came', 'reversed', 'shuffled']).optional(),
  connections: count.optional(),
  echo: z.enum(['after', 'before', 'off']).optional(),
  echoAppId: flag.optional(),
  numEditAs: z.enum(['number', 'string']).optional(),
})

const OPS = [
  'me',
  'send',
  'sender_action',
  'subscribe',
  'subscriptions',
  'unsubscribe',
  'exchange',
  'refresh',
  'profile',
  'conversations',
  'conversation',
  'message',
  'cdn',
  'unknown',
] as const satisfies readonly GraphOp[]
const op = z.enum(OPS)
const aim = {
  accountId: text.optional(),
  igsid: text.optional(),
  op: op.optional(),
  times: count.optional(),
}
export const FaultInput: z.ZodType<NewFault> = z.discriminatedUnion('kind', [
  z.object({
    ...aim,
    kind: z.literal('error'),
    code: count,
    subcode: count.optional(),
    status: count.optional(),
    message: text.optional(),
  }),
  z.object({ ...aim, kind: z.literal('error-after'), code: count.optional(), subcode: count.optional() }),
  z.object({ ...aim, kind: z.literal('status'), status: count, retryAfter: count.optional() }),
  z.object({ ...aim, kind: z.literal('hang') }),
  z.object({ ...aim, kind: z.literal('drop-after') }),
  z.object({ ...aim, kind: z.literal('delay'), ms: count }),
])
export const CallQuery = z.object({
  accountId: text.optional(),
  igsid: text.optional(),
  op: op.optional(),
})
export const MessageQuery = z.object({ afterMid: text.optional(), limit: z.coerce.number().optional() })
export const RateSwitch = z.object({ enabled: flag })
export const Journey = z.object({ ms: count })
