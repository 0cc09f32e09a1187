import type { Fault } from './call-types.ts'

/**
 * Shapes of the control API, over HTTP and as methods. What Instagram names keeps Instagram's spelling;
 * everything else is ours. Times ending in Ms are milliseconds since 1970; ids are texts of digits, mids opaque.
 */
export type AppState = {
  appId: string
  callbackUrl: string | null
  /** Deliveries failed for so long that Instagram has stopped them; setting the callback starts them again. */
  disabled: boolean
}
/** With `verify: false` the callback is taken as it is, without the GET that it has to answer. */
export type NewCallback = { url: string; verifyToken: string; verify?: boolean }
export type CallbackResult = { verified: boolean; status: number | null; reason: string }

/** `token` brings back a token of a past life, so that who holds it need not connect again. */
export type NewAccount = { id?: string; username: string; name?: string; token?: string }
export type Account = {
  /** What webhooks and the Graph API call the professional account: IG_ID. */
  id: string
  /** The app-scoped id, which is in `/me` only. */
  appScopedId: string
  username: string
  name: string | null
  /** What the app is told of this account; null while it is not subscribed. */
  subscribedFields: string[] | null
  /** Whether the app may answer for seven days with the tag HUMAN_AGENT. */
  humanAgent: boolean
  usagePercent: number
  regainMinutes: number
}
export type CreatedAccount = Account & { token: string; expiresAtMs: number }
export type AccountChange = Partial<
  Pick<Account, 'name' | 'username' | 'humanAgent' | 'usagePercent' | 'regainMinutes'>
>

export type TokenKind = 'short' | 'long'
/** A token that was issued `ageMs` ago; by default a fresh one for 60 days. */
export type NewToken = { accountId: string; kind?: TokenKind; ageMs?: number; lifeMs?: number }
export type IssuedToken = { token: string; kind: TokenKind; expiresAtMs: number }
/** 458 app removed, 460 password changed, 467 invalidated. Expiry (463) comes by the clock. */
export type RevocationSubcode = 458 | 460 | 467

export type NewCustomer = { id?: string; username: string; name?: string | null }
/** A person. Accounts know them only by the IGSID of their thread, a different one for each account. */
export type Customer = {
  id: string
  username: string
  name: string | null
  profile: 'visible' | 'no_consent' | 'unavailable'
}
export type CustomerChange = Partial<Pick<Customer, 'username' | 'name' | 'profile'>>

export type ThreadRef = { accountId: string; igsid: string }
export type Thread = ThreadRef & {
  conversationId: string
  customer: Customer
  /** The customer has blocked the account: sends are refused with 551/1545041. */
  blocked: boolean
  /** The owner has deleted the thread in the app: sends are refused with 2534001. */
  deleted: boolean
  lastCustomerMessageMs: number | null
  /** What the customer has seen. */
  seenMid: string | null
  /** What the account has seen: by mark_seen, or by an answer. */
  accountSeenMid: string | null
  lastMessage: ThreadMessage | null
}

export type SampleKind = 'image' | 'video' | 'audio' | 'file'
/**
 * `type` is Instagram's and may be one that it does not have. The payload's link is to `mediaId` (uploaded before),
 * to a built-in sample, or what `url` says; without any of them, to the sample that suits the type.
 */
export type NewAttachment = {
  type: string
  mediaId?: string
  sample?: SampleKind
  url?: string
  title?: string
  reelVideoId?: string
  /** An attachment without a payload. */
  bare?: boolean
}
/** `url` is a link of the emulator's CDN as it is now; it expires. */
export type ThreadAttachment = {
  type: string
  url: string | null
  mediaId: string | null
  title: string | null
}

export type ReplyTo = { mid: string } | { story: { id: string; url: string } }
export type Referral = { ref?: string; source?: string; type?: string }
export type NewMessage = ThreadRef & {
  text?: string
  attachments?: NewAttachment[]
  replyToMid?: string
  /** A reply to a story of the account. */
  storyId?: string
  quickReplyPayload?: string
  referral?: Referral
  unsupported?: boolean
}
/** What the owner types in the app; `appId` when it is another app that sends. */
export type NewOwnerMessage = ThreadRef & {
  text?: string
  attachments?: NewAttachment[]
  replyToMid?: string
  appId?: string
}

export type ThreadMessage = {
  mid: string
  from: 'customer' | 'account'
  /** `api`: sent by our app; `app`: typed in Instagram, or sent by another app. */
  via: 'instagram' | 'api' | 'app'
  atMs: number
  text: string | null
  attachments: ThreadAttachment[]
  replyTo: ReplyTo | null
  edits: number
  unsent: boolean
  unsupported: boolean
  /** Sent with HUMAN_AGENT. */
  tagged: boolean
  reactions: { customer: string | null; account: string | null }
}

/** `deliveryId` is null when nobody is told: not subscribed, or no callback. */
export type Told = { deliveryId: number | null }
export type MessageTold = Told & { message: ThreadMessage }

/**
 * What a thread's stream says, one JSON in each `data:` line. `ready` opens every stream and carries the
 * position from which it is live; `reset` says that the position asked for is gone: list the messages again.
 */
export type ThreadEvent =
  | { type: 'ready' }
  | { type: 'reset' }
  | { type: 'message'; message: ThreadMessage }
  | { type: 'message_edited'; message: ThreadMessage }
  | { type: 'message_unsent'; message: ThreadMessage }
  | { type: 'reaction'; message: ThreadMessage }
  | { type: 'seen'; by: 'customer' | 'account'; mid: string }
  | { type: 'blocked'; blocked: boolean }
  | { type: 'deleted'; deleted: boolean }
  /** Ephemeral: has no position and is never replayed. */
  | { type: 'typing'; on: boolean }

/** How events reach the callback, for the whole app. */
export type DeliverySettings = {
  paused: boolean
  latencyMs: number
  /** Posts each batch that many times at once. */
  copies: number
  /** How many events may share a POST; a POST mixes accounts as they come. */
  batch: number
  /** The order in which what waits is taken. */
  order: 'as-it-came' | 'reversed' | 'shuffled'
  /** How many POSTs may be under way at once; with 1 the first tries keep their order. */
  connections: number
  /** Whether a send is echoed, and whether before or after its own answer. */
  echo: 'after' | 'before' | 'off'
  /** Whether the echo of what our app sent names our app. */
  echoAppId: boolean
  /** How `num_edit` is spelt. */
  numEditAs: 'number' | 'string'
}

export type Delivery = {
  id: number
  atMs: number
  accountId: string
  item: object
  attempts: number
  /** Of the newest attempt; null for no answer, or none yet. */
  status: number | null
  state: 'waiting' | 'delivered' | 'given-up'
  lastError: string | null
}

/** `messaging` and `standby` hold an item each; `changes` holds a field and its value. */
export type RawEvent = { accountId: string; list: 'messaging' | 'standby' | 'changes'; item: object }
export type SignatureKind = 'valid' | 'wrong' | 'missing' | 'malformed' | 'sha1-only'
export type RawPost = { body: string; signature?: SignatureKind; copies?: number }

export type AccountSnapshot = Account & { threads: number; liveTokens: number }
export type EmulatorState = {
  nowMs: number
  app: AppState
  delivery: DeliverySettings
  pendingDeliveries: number
  accounts: AccountSnapshot[]
  customers: number
  uploads: number
  faults: Fault[]
  rateLimits: boolean
  calls: number
  droppedCalls: number
  streams: number
}

export type StoredMedia = { mediaId: string; mime: string; size: number }
