import type { ApiKey, KeyScope, ReplyHandler, Role } from '../contract/account.ts'
import type { Channel } from '../contract/channel.ts'
import type {
  Conversation,
  ConversationState,
  ConversationStatus,
  ListConversations,
} from '../contract/conversation.ts'
import type { Customer, Source, Tag } from '../contract/customer.ts'
import type { LiveEvent, Signal } from '../contract/event.ts'
import type { ConversationFilter, CustomerFilter, MessageFilter } from '../contract/filters.ts'
import type {
  Delivery,
  DeliveryAttempt,
  Feedback,
  Message,
  MessageKind,
  MessageType,
} from '../contract/message.ts'

/** The core's clock: milliseconds since 1970, and timers that tests can move. */
export interface Clock {
  now(): number
}

export interface Log {
  info(fields: object, sentence: string): void
  warn(fields: object, sentence: string): void
  error(fields: object, sentence: string): void
}

export interface Ids {
  /** Ten unguessable characters over `\w`, for conversations and messages. */
  short(): string
  uuid(): string
  /** A URL-safe secret of 256 bits. */
  secret(): string
}

export interface MessageDraft {
  kind: 'message'
  /** The conversation must be in one of these workspaces. */
  workspaceIds: number[]
  conversationId: string
  id: string
  type: MessageType
  content: string
  contentKind: MessageKind
  /** "user:1", "customer:7": the scope of `clientId`. */
  sender: string
  author: { userId: number; name: string } | null
  clientId: string | null
  providerId: string | null
  /** True where the platform is to be told. */
  deliver: boolean
  /** What a bot says of its answer. */
  ai?: { metadata: Record<string, unknown>; inputTokens: number; outputTokens: number }
}

export interface OpenDraft {
  kind: 'open'
  workspaceId: number
  channelId: number
  source: Source
  sourceId: string
  conversationId: string
  firstName: string | null
  lastName: string | null
  username: string | null
}

export interface OutcomeDraft {
  kind: 'outcome'
  workspaceId: number
  conversationId: string
  deliveryId: string
  attempt: number
  outcome: 'sent' | 'retry' | 'failed' | 'unconfirmed'
  error: string | null
  /** The legacy result object; never holds a secret. */
  result: Record<string, unknown>
  providerId: string | null
  delayMs: number
}

export type ChangeDraft =
  | OpenDraft
  | OutcomeDraft
  | { kind: 'retry'; workspaceIds: number[]; conversationId: string; messageId: string }
  | {
      kind: 'read'
      workspaceIds: number[]
      conversationId: string
      userId: number
      upTo: number | null
      always: boolean
    }
  | {
      kind: 'status'
      workspaceIds: number[]
      conversationId: string
      userId: number
      status: ConversationStatus
    }

/** What of a customer a person may change; what is not named stays. */
export interface CustomerFields {
  first_name?: string | null
  last_name?: string | null
  username?: string | null
  email?: string | null
  phone_number?: string | null
  description?: string | null
  profile_picture?: string | null
  data?: Record<string, unknown>
}

/** Changes whose object is not a conversation's state, or is gone afterwards. */
export type AmendDraft =
  | { kind: 'delete'; workspaceIds: number[]; conversationId: string }
  | {
      kind: 'feedback'
      workspaceIds: number[]
      conversationId: string
      messageId: string
      feedback: Feedback
      comment: string
    }
  | {
      kind: 'customer'
      workspaceIds: number[]
      customerId: number
      fields: CustomerFields
      /** Replaces the customer's tags; null leaves them. */
      tagIds: number[] | null
    }
  | { kind: 'delete_customer'; workspaceIds: number[]; customerId: number }

/** What an append did. `event` is null where nothing changed. */
export interface Appended {
  workspaceId: number
  conversation: ConversationState
  event: LiveEvent | null
}

export interface AppendedMessage extends Appended {
  message: Message
  /** True where `clientId` or the platform's id was stored before: `message` is that one. */
  repeated: boolean
}

export interface LogPage {
  epoch: string
  head: number
  floor: number
  /** The last seq that was looked at: events of what is gone since are not among `events`. */
  through: number
  events: LiveEvent[]
}

/** The workspaces' event logs. Every change is appended here, in groups; each call fails alone. */
export interface Journal {
  /** Throws not_found where the conversation is in none of the workspaces. */
  appendMessage(draft: MessageDraft): Promise<AppendedMessage>
  append(draft: ChangeDraft): Promise<Appended & { customerId: number | null }>
  /** Throws not_found where the object is in none of the workspaces, or (feedback) is no AI message. */
  amend(draft: AmendDraft): Promise<{ workspaceId: number; event: LiveEvent | null }>
  /** Events after `after` in ascending seq, at most `limit`. */
  read(workspaceId: number, after: number, limit: number): Promise<LogPage>
  heads(workspaceIds: number[]): Promise<Map<number, number>>
  position(workspaceId: number): Promise<{ epoch: string; head: number }>
}

export interface Conversations {
  list(workspaceId: number, query: ListConversations): Promise<{ rows: Conversation[]; hasMore: boolean }>
  counts(workspaceId: number): Promise<{ open: number; unread: number; closed: number }>
  find(workspaceIds: number[], id: string): Promise<(Conversation & { workspaceId: number }) | null>
  /** These workspaces' conversations by page: the legacy list. */
  page(workspaceIds: number[], filter: ConversationFilter, page: Page): Promise<Paged<Conversation>>
  /** The values that occur in these workspaces' conversations. */
  options(workspaceIds: number[]): Promise<ConversationOptions>
  /** The ids of those of a status, at most `limit`. */
  idsOf(workspaceIds: number[], status: ConversationStatus, limit: number): Promise<string[]>
}

export interface Page {
  offset: number
  limit: number
}

/** One page of all that match, read at one moment; `asOf` is when the newest of them was created, null without any. */
export interface Paged<T> {
  rows: T[]
  total: number
  asOf: string | null
}

export interface ConversationOptions {
  statuses: ConversationStatus[]
  sources: Source[]
  priorities: number[]
  tags: string[]
}

/** A customer with what only REST shows. */
export type CustomerRecord = Customer & {
  personaData: Record<string, unknown>
  data: Record<string, unknown>
}

export interface CustomerOptions {
  sources: Source[]
  tags: string[]
  conversationStatuses: ConversationStatus[]
}

/** Customers. Lists and exports show those with at least one conversation in the workspaces. */
export interface Customers {
  page(workspaceIds: number[], filter: CustomerFilter, page: Page): Promise<Paged<CustomerRecord>>
  options(workspaceIds: number[]): Promise<CustomerOptions>
  find(workspaceIds: number[], id: number): Promise<(CustomerRecord & { workspaceId: number }) | null>
  /** The conversations of these customers, newest activity first, at most `limit` of each. */
  conversationsOf(
    workspaceIds: number[],
    customerIds: number[],
    limit: number,
  ): Promise<Map<number, Conversation[]>>
  /** Ids in ascending order above `after`, of these customers (null: of all that match). */
  ids(
    workspaceIds: number[],
    which: { filter: CustomerFilter; ids: number[] | null },
    cursor: { after: number; limit: number },
  ): Promise<number[]>
}

export interface Tags {
  list(workspaceIds: number[]): Promise<Tag[]>
  /** Those that exist already are answered as they are. */
  create(workspaceId: number, names: string[]): Promise<Tag[]>
  rename(workspaceIds: number[], id: number, name: string): Promise<Tag | null>
  /** How many there were. */
  remove(workspaceIds: number[], ids: number[]): Promise<number>
}

/** A message with what only REST shows. */
export type MessageRecord = Message & {
  metadata: Record<string, unknown>
  inputTokens: number
  outputTokens: number
  conversation: Conversation
}

export interface Messages {
  /** Ascending; the newest `limit` below `before`, or the first `limit` above `after`. */
  page(conversationId: string, query: { before?: number; after?: number; limit: number }): Promise<Message[]>
  /** A page of a thread counted from its newest message up to `upTo` (null: now), ascending; and how many there are. */
  slice(
    conversationId: string,
    page: Page & { upTo: number | null },
  ): Promise<{ messages: Message[]; count: number; upTo: number }>
  find(workspaceIds: number[], id: string): Promise<Message | null>
  search(workspaceIds: number[], filter: MessageFilter, page: Page): Promise<Paged<MessageRecord>>
}

/** One due delivery, claimed: its attempt is already written, so that a crash leaves a trace. */
export interface ClaimedDelivery {
  id: string
  attempt: number
  workspaceId: number
  conversationId: string
  messageId: string
  channelId: number
  customerId: number
  recipient: string
  content: string
}

export interface Deliveries {
  /** Claims the heads of due lanes (a lane is one channel and one customer), at most `limit`, each for `leaseMs`. */
  claim(limit: number, leaseMs: number): Promise<ClaimedDelivery[]>
  /** Claims whose lease ran out with the attempt still open: nobody knows what became of them. */
  lost(limit: number): Promise<ClaimedDelivery[]>
  history(
    messageId: string,
  ): Promise<
    { state: Delivery['state']; createdAt: string; error: string | null; attempts: DeliveryAttempt[] }[]
  >
}

export interface StoredChannel extends Channel {
  workspaceId: number
  externalId: string
  apiRoot: string | null
  credentials: { token: string; webhookSecret: string }
}

export interface NewChannel {
  workspaceId: number
  source: Source
  name: string
  externalId: string
  username: string | null
  apiRoot: string | null
  credentials: { token: string; webhookSecret: string }
}

export interface Channels {
  list(workspaceIds: number[]): Promise<Channel[]>
  /** Throws conflict where the account is connected anywhere in this instance. */
  create(channel: NewChannel): Promise<StoredChannel>
  findById(id: number): Promise<StoredChannel | null>
  findByUsername(source: Source, username: string): Promise<StoredChannel | null>
  stop(id: number, reason: string): Promise<void>
  /** Ends the channel and fails what is queued for it; its conversations stay. */
  remove(workspaceIds: number[], id: number): Promise<StoredChannel | null>
}

export interface RawEvent {
  id: string
  channelId: number
  workspaceId: number
  raw: string
}

export interface Inbox {
  /** Stores the raw event; null where this key was stored before. */
  record(event: {
    workspaceId: number
    channelId: number
    key: string
    raw: string
  }): Promise<RawEvent | null>
  /** Claims unprocessed events in the order in which they came, one lease each. */
  claim(limit: number, leaseMs: number): Promise<RawEvent[]>
  done(id: string, outcome: string): Promise<void>
}

/** What is past its time. Each call removes at most `limit` rows of a kind and answers how many. */
export interface Retention {
  /** Events before `before`, from the old end of each log, whose floor rises; messages are not affected. */
  pruneEvents(before: number, limit: number): Promise<number>
  /** Tokens, sessions and invitations that have expired. */
  pruneSignIns(now: number, limit: number): Promise<number>
  /** Raw platform events that were processed and came before `before`. */
  pruneInbound(before: number, limit: number): Promise<number>
}

export interface UserRow {
  id: number
  email: string
  username: string
  passwordHash: string
  firstName: string
  lastName: string
  locale: 'fa' | 'en'
  defaultReplyHandler: ReplyHandler
  isInstanceAdmin: boolean
}

export interface SessionRow {
  id: string
  userId: number
  kind: 'console' | 'api'
  expiresAt: number
  userAgent: string
  address: string
}

/** Who a live session belongs to, with their workspaces; null once it is revoked, expired or its person is gone. */
export interface SessionOwner {
  session: SessionRow
  user: UserRow
  workspaces: { id: number; name: string; role: Role }[]
}

export interface TokenPair {
  jti: string
  sessionId: string
  userId: number
  accessHash: string
  refreshHash: string
  accessExpiresAt: number
  refreshExpiresAt: number
}

export interface Profile {
  firstName?: string
  lastName?: string
  defaultReplyHandler?: ReplyHandler
}

export interface StoredKey extends ApiKey {
  workspaceId: number
  userId: number
}

/** Programs' ways in. */
export interface ApiKeys {
  create(key: {
    workspaceId: number
    userId: number
    name: string
    prefix: string
    hash: string
    scopes: KeyScope[]
    expiresAt: number | null
  }): Promise<ApiKey>
  /** Those that are not revoked. */
  list(workspaceId: number): Promise<ApiKey[]>
  /** The live key with this hash, and who made it as far as they are still a member; notes that it was used. */
  use(
    hash: string,
  ): Promise<{ key: StoredKey; user: UserRow; workspace: { id: number; name: string } } | null>
  /** False where there is no such key. */
  revoke(workspaceId: number, id: number): Promise<boolean>
  /** Whether the workspace wants the bot to answer, and whether a live key with the scope `ai` may. */
  bot(workspaceId: number): Promise<{ isOn: boolean; hasKey: boolean }>
  setBot(workspaceId: number, isOn: boolean): Promise<void>
}

export interface Accounts {
  /** Creates the person, a workspace of their own and its ownership. Throws conflict naming "username" or "email". */
  create(
    user: Omit<UserRow, 'id' | 'isInstanceAdmin' | 'defaultReplyHandler'> & {
      workspaceName: string
      epoch: string
    },
  ): Promise<UserRow>
  findByLogin(login: string): Promise<UserRow | null>
  findById(id: number): Promise<UserRow | null>
  setLocale(userId: number, locale: 'fa' | 'en'): Promise<void>
  /** Changes what is named; the reply handler also in the workspaces the person owns. */
  changeProfile(userId: number, profile: Profile): Promise<UserRow | null>
  /**
   * Deletes the person with their sessions, tokens and keys, and the workspaces that nobody else is in; answers those.
   * Throws conflict where others are in a workspace that would be left without an owner.
   */
  remove(userId: number): Promise<{ workspaceIds: number[]; sessionIds: string[] }>
  openSession(session: SessionRow): Promise<void>
  owner(sessionId: string): Promise<SessionOwner | null>
  revokeSession(sessionId: string): Promise<void>
  /** Those of these sessions that are neither revoked nor expired. */
  liveSessions(sessionIds: string[]): Promise<Set<string>>
  addTokens(pair: TokenPair): Promise<void>
  findTokens(jti: string): Promise<(TokenPair & { rotated: boolean }) | null>
  /** Marks the pair as rotated and stores its successor; false where another call was first. */
  rotateTokens(jti: string, next: TokenPair): Promise<boolean>
  members(workspaceId: number): Promise<{ userId: number; name: string; email: string; role: Role }[]>
  invite(invitation: {
    workspaceId: number
    email: string
    role: Role
    tokenHash: string
    expiresAt: number
  }): Promise<number>
  /** Makes the person a member; null where the invitation is unknown, used, expired or somebody else's. */
  accept(tokenHash: string, user: { id: number; email: string }): Promise<{ workspaceId: number } | null>
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes equally long for a wrong password and (with a null hash) for an unknown person. */
  verify(hash: string | null, password: string): Promise<boolean>
}

export interface TokenClaims {
  userId: number
  jti: string
  type: 'access' | 'refresh'
}

/** HS512 tokens with the legacy claims. */
export interface Tokens {
  issue(input: {
    userId: number
    jti: string
    accessExpiresAt: number
    refreshExpiresAt: number
    now: number
  }): Promise<{ access: string; refresh: string }>
  /** `invalid`: malformed, wrongly signed or of the wrong kind; `expired`: well signed and too old. */
  verify(token: string, type: 'access' | 'refresh'): Promise<TokenClaims | 'invalid' | 'expired'>
  digest(text: string): string
}

/** The bus is a hint: it may carry the payload, and losing a hint costs a short delay, never an event. */
export interface Bus {
  publish(topic: string, payload: unknown): void
  subscribe(topic: string, listener: (payload: unknown) => void): () => void
  close(): Promise<void>
}

/** Who is where, as leases that a crash lets expire. A place is "console:1" or "room:ABC". */
export interface Presence {
  /** True where this is the person's first connection there. */
  enter(place: string, userId: number, connectionId: string): Promise<boolean>
  /** True where it was their last. */
  leave(place: string, userId: number, connectionId: string): Promise<boolean>
  /** Renews the lease; call it at least every `beatMs`. */
  beat(place: string, userId: number, connectionId: string): Promise<void>
  who(place: string): Promise<number[]>
  readonly beatMs: number
}

/** Counts what was allowed within a moving window; what is refused is not. Each length of window counts by itself. */
export interface RateLimiter {
  /** Takes a place under `key` if fewer than `limit` are taken within the last `windowMs`. */
  take(key: string, limit: number, windowMs: number): Promise<{ allowed: boolean; retryAfterMs: number }>
  /** How many places are taken now. */
  count(key: string, windowMs: number): Promise<number>
  /** Counts without a limit (failed sign-ins): answers how many there are now within the window, up to a thousand. */
  note(key: string, windowMs: number): Promise<number>
}

/** Places that are held for as long as their holder lives: a lease that a crash lets expire within 35 s. */
export interface Slots {
  /** True where `holder` got or already has one of `limit` places under `key`. */
  acquire(key: string, holder: string, limit: number): Promise<boolean>
  /** Renews the lease; call it at least every `beatMs`. */
  renew(key: string, holder: string): Promise<void>
  release(key: string, holder: string): Promise<void>
  readonly beatMs: number
}

export type SendOutcome =
  | { outcome: 'sent'; providerId: string; result: Record<string, unknown> }
  | { outcome: 'retry'; error: string; retryAfterMs: number | null }
  | { outcome: 'failed'; error: string; channelDead?: boolean }
  | { outcome: 'unconfirmed'; error: string }

export interface InboundText {
  key: string
  providerId: string
  sourceId: string
  firstName: string | null
  lastName: string | null
  username: string | null
  content: string
  kind: MessageKind
}

/** A platform's event, understood: a message, or something that is stored and passed over. */
export type ParsedEvent =
  | { kind: 'message'; message: InboundText }
  | { kind: 'ignored'; key: string; reason: string }

/** What a vendor can do. Answers, and never calls the core. */
export interface Platform {
  identify(
    token: string,
    apiRoot: string | null,
  ): Promise<{ externalId: string; name: string; username: string }>
  setWebhook(channel: StoredChannel, url: string): Promise<void>
  removeWebhook(channel: StoredChannel): Promise<void>
  verify(
    channel: StoredChannel,
    headers: Record<string, string | string[] | undefined>,
    rawBody: Buffer,
  ): boolean
  /** Throws invalid_input where the body is not the platform's. */
  parse(rawBody: string): ParsedEvent
  send(channel: StoredChannel, message: { recipient: string; content: string }): Promise<SendOutcome>
}

/** Events of a workspace on this node, in the order of its log, each once. */
export interface Feed {
  publish(workspaceId: number, event: LiveEvent | null): void
  /** Starts after `after`; events that are already stored are not replayed here. */
  listen(workspaceId: number, after: number, listener: (event: LiveEvent) => void): Promise<() => void>
}

/** The sessions that something lives on: sockets, above all. */
export interface Sessions {
  /** Calls `end` once when the session is over; answers how to stop watching. */
  watch(sessionId: string, end: () => void): () => void
}

export type SecurityKind =
  | 'connection_attempt'
  | 'failed_authentication'
  | 'rate_limit_violation'
  | 'connection_limit'
  | 'spam_blocked'
  | 'blacklisted'
  | 'blocked_request'

export interface SecurityNote {
  kind: SecurityKind
  workspaceId: number | null
  userId: number | null
  address: string
  detail: Record<string, unknown>
}

/** What happened at the doors. Noting never waits and never fails its caller; what cannot be kept is counted. */
export interface SecurityLog {
  note(event: SecurityNote): void
}

/** One entry of the blacklist. `network` is spelled `address/bits`. */
export interface BlockedIp {
  id: number
  network: string
  reason: string
  createdAt: string
  expiresAt: string
  hits: number
}

export interface BlockedIps {
  /** The entries that hold at `now`. */
  list(now: number, limit: number): Promise<BlockedIp[]>
  /** Adds an entry, or gives the one of this network a new reason and expiry. */
  put(entry: {
    network: string
    reason: string
    createdBy: number | null
    expiresAt: number
  }): Promise<BlockedIp>
  remove(network: string): Promise<boolean>
  /** Counts that an entry kept somebody out. Never waits. */
  hit(id: number): void
}

export interface Limits {
  messagesPerMinute: number
  consoleMessagesPerMinute: number
  keyMessagesPerMinute: number
  connectionsPerUser: number
  consoleConnections: number
  connectionsPerMinute: number
  failedAuthAttempts: number
  blacklistHours: number
  unauthenticatedPerAddress: number
  isRateLimited: boolean
  isSpamChecked: boolean
}

export interface Settings {
  publicUrl: string
  publicUrlIsPublic: boolean
  accessTtlMs: number
  refreshTtlMs: number
  externalSendWaitMs: number
  allowRegistration: boolean
  limits: Limits
}

export type SignalEnvelope = { workspaceId: number; signal: Signal }

/** Every port, handed to every verb. */
export interface Ports {
  journal: Journal
  conversations: Conversations
  customers: Customers
  tags: Tags
  messages: Messages
  deliveries: Deliveries
  channels: Channels
  inbox: Inbox
  accounts: Accounts
  keys: ApiKeys
  security: SecurityLog
  blockedIps: BlockedIps
  sessions: Sessions
  passwords: Passwords
  tokens: Tokens
  bus: Bus
  presence: Presence
  limiter: RateLimiter
  slots: Slots
  feed: Feed
  telegram: Platform
  clock: Clock
  ids: Ids
  log: Log
  settings: Settings
}

export type { Conversation, ConversationState, Customer, Delivery, Message }
