import type { AttachmentKind } from '../../contract/attachment.ts'
import type { MessageExtras, MessageKind } from '../../contract/message.ts'
import type { StoredChannel } from './channels.ts'

/**
 * What became of a hand-over. `retry` is repeated after a while, `failed` never, `unconfirmed` only by a person. `ambiguous`
 * is waited for: the platform will tell by an echo whether it has it.
 */
export type SendOutcome =
  | { outcome: 'sent'; providerId: string; result: Record<string, unknown> }
  | ({ outcome: 'retry'; retryAfterMs: number | null; scope?: 'contact' | 'channel' } & Refusal)
  | ({ outcome: 'failed'; unreachable?: string } & Refusal)
  /** The account itself is refused: the channel stops, and what waits for it goes on when it is connected again. */
  | ({ outcome: 'stopped' } & Refusal)
  | ({ outcome: 'ambiguous' } & Refusal)
  | ({ outcome: 'unconfirmed' } & Refusal)

/** The platform's words, without a secret, and its own code for them, such as "429". */
interface Refusal {
  error: string
  code?: string
}

/** A file that a platform speaks of. `ref` is how its adapter finds it again; it holds no secret. */
export interface InboundMedia {
  kind: AttachmentKind
  ref: Record<string, string>
  name: string | null
  mime: string | null
  size: number | null
  width: number | null
  height: number | null
  durationMs: number | null
}

export interface InboundText {
  key: string
  providerId: string
  sourceId: string
  firstName: string | null
  lastName: string | null
  username: string | null
  content: string
  kind: MessageKind
  media?: InboundMedia[]
  extras?: MessageExtras
  /** What it answers, as the platform calls it; `quoted` is its text where the platform brings it along. */
  replyTo?: { providerId: string; quoted: string | null; isOwn: boolean }
  /** When it was written, where the platform says that to us. */
  at?: string
  /** By which the platform wants to hear that this arrived: until then the customer sees it wait. */
  receipt?: string
}

/** What an event of a platform means. All but `message` and `echo` speak of something that may not have come yet. */
export type ParsedEvent =
  | { kind: 'message'; message: InboundText }
  /** Our own side's message: one of ours, told back, or written in the platform's app. */
  | { kind: 'echo'; message: InboundText; isOurs: boolean | null }
  /** `at` is when the platform says it happened: of two edits, or of two reactions, the later one holds. */
  | { kind: 'edit'; key: string; sourceId: string; providerId: string; content: string; at?: string }
  | { kind: 'unsend'; key: string; sourceId: string; providerId: string }
  /** All that the customer has on that message now. */
  | { kind: 'reaction'; key: string; sourceId: string; providerId: string; emojis: string[]; at?: string }
  /** They have seen everything up to that message. */
  | { kind: 'seen'; key: string; sourceId: string; providerId: string }
  /** `reason` is null where they can be reached again. */
  | { kind: 'reach'; key: string; sourceId: string; reason: string | null }
  | { kind: 'ignored'; key: string; reason: string }

/** One event of a body, and the account it is for: null where the address it came to says that. */
export interface PlatformItem {
  account: string | null
  raw: string
}

/** A file to send along: its bytes, and an address that the platform may fetch them from, for platforms that take no bytes. */
export interface OutgoingFile {
  kind: AttachmentKind
  name: string
  mime: string
  size: number
  read(): Promise<AsyncIterable<Uint8Array>>
  url(): Promise<string>
}

/** Something to hand over, in its contact's lane. */
export type Outgoing =
  | {
      op: 'send'
      recipient: string
      content: string
      file: OutgoingFile | null
      /** The platform's name of what it answers. */
      replyTo: string | null
      isHumanAgent: boolean
    }
  | { op: 'edit'; recipient: string; providerId: string; content: string; hasFile: boolean }
  | { op: 'delete'; recipient: string; providerId: string }
  | { op: 'react'; recipient: string; providerId: string; emoji: string | null }

/** A file that a platform holds. `gone` and `too_big` stay so; the bytes fail where they break off or go beyond the bound. */
export type MediaOutcome =
  | { outcome: 'open'; size: number | null; bytes: AsyncIterable<Uint8Array> }
  | { outcome: 'retry'; error: string; retryAfterMs: number | null }
  | { outcome: 'failed'; reason: 'gone' | 'too_big' }

/** What waited at the platform. `next` confirms these events when it is given to the next call. */
export type PollOutcome =
  | { outcome: 'items'; items: PlatformItem[]; next: number | null }
  | { outcome: 'retry'; error: string; retryAfterMs: number | null }
  /** Somebody else asks too, or the platform sends them somewhere. */
  | { outcome: 'conflict'; error: string }
  | { outcome: 'stopped'; error: string }

/** Where a platform sends a channel's events, and how that goes. */
export interface WebhookState {
  /** Null where it is not set, or not told. */
  url: string | null
  /** Null where the platform tells neither what waits nor what went wrong. */
  pending: number | null
  lastError: string | null
  lastErrorAt: string | null
}

/** A token that takes the place of another, and how long it lives. */
export interface RenewedToken {
  token: string
  lifeMs: number
}

/** Who writes, as far as the platform tells. The picture's address expires, and is for copying alone. */
export interface PlatformProfile {
  name: string | null
  username: string | null
  pictureUrl: string | null
}

/** What a platform tells of a channel. Nothing of it is secret but the address of a webhook that is not ours. */
export interface Examination {
  token: 'accepted' | 'refused' | 'unreachable'
  /** Its words, where it refused. */
  words: string | null
  /** The account that the token is of; null where it was not told. */
  account: string | null
  /** Null where it was not told. */
  webhook: (WebhookState & { isSet: boolean; missing: string[] }) | null
  /** Whether we know by what the platform signs; null where every channel has a secret of its own. */
  isSecretKnown: boolean | null
  /** By how much its clock is ahead of ours; null where it was not told. */
  clockAheadMs: number | null
}

/** What a vendor can do. Answers, and never calls the core. */
export interface Platform {
  /** Whose token it is; `otherIds` are further numbers by which people know the account. */
  identify(
    token: string,
    apiRoot: string | null,
  ): Promise<{ externalId: string; name: string; username: string; otherIds?: string[] }>
  setWebhook(channel: StoredChannel, url: string): Promise<void>
  removeWebhook(channel: StoredChannel): Promise<void>
  /** `channel` is null where one address and one secret serve all accounts. */
  verify(
    channel: StoredChannel | null,
    headers: Record<string, string | string[] | undefined>,
    rawBody: Buffer,
  ): boolean
  /** A body's events, each for itself; null where it is well-formed and another product's. Throws invalid_input otherwise. */
  open(rawBody: string): PlatformItem[] | null
  /** Understands one item. Throws invalid_input where it is not the platform's. */
  parse(raw: string): ParsedEvent
  send(channel: StoredChannel, outgoing: Outgoing): Promise<SendOutcome>
  /** Tells that something with a receipt arrived. Nothing tells whether that was heard. */
  acknowledge?(channel: StoredChannel, receipt: string): Promise<void>
  /** Shows for some seconds that somebody types. Nothing tells whether it was seen. */
  typing?(channel: StoredChannel, recipient: string): Promise<void>
  /** Shows that everything they wrote was read. Nothing tells whether it was seen. */
  markSeen?(channel: StoredChannel, recipient: string): Promise<void>
  /** Opens a file that `parse` spoke of. */
  media?(channel: StoredChannel, ref: Record<string, string>, maxBytes: number): Promise<MediaOutcome>
  /** Asks for what waits, for platforms that may be asked; ends early when told to. */
  poll?(channel: StoredChannel, next: number | null, signal: AbortSignal): Promise<PollOutcome>
  /**
   * What was written since an instant, as it would have been told, the oldest first; platforms that can be asked tell the newest of
   * it. Throws unavailable or invalid_input.
   */
  recent?(channel: StoredChannel, since: number): Promise<PlatformItem[]>
  /** Throws unavailable or invalid_input as setting it does. */
  webhookState?(channel: StoredChannel): Promise<WebhookState>
  /** A token that lives long, for one that does not; null where the platform gives none. */
  exchange?(token: string, apiRoot: string | null): Promise<RenewedToken | null>
  /** A token that lives on, for one that will die; null where the platform gives none now. */
  renew?(channel: StoredChannel): Promise<RenewedToken | null>
  /** What to answer where the platform asks whether an address is ours; null where it is not the platform that asks. */
  challenge?(query: URLSearchParams): string | null
  /** Null where the platform does not tell. */
  profile?(channel: StoredChannel, sourceId: string): Promise<PlatformProfile | null>
  /** Looks at everything that can be asked about a channel, within seconds. Never throws for what it finds. */
  examine?(channel: StoredChannel): Promise<Examination>
}
