import type { MessageKind } from '../../contract/message.ts'
import type { StoredChannel } from './channels.ts'

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
