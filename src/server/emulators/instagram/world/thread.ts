import { EventHistory } from '../../event-history.ts'
import type { Customer, Referral, ReplyTo, ThreadEvent } from '../control-types.ts'
import { conversationIdOf } from './ids.ts'
import type { Surroundings } from './surroundings.ts'

/** `assetId` is what our CDN serves; without one, `url` is a link of somebody else's. */
export type StoredAttachment = {
  type: string
  assetId: string | null
  mediaId: string | null
  url: string | null
  title: string | null
  reelVideoId: string | null
}

export type StoredMessage = {
  mid: string
  from: 'customer' | 'account'
  via: 'instagram' | 'api' | 'app'
  atMs: number
  text: string | null
  attachments: StoredAttachment[]
  replyTo: ReplyTo | null
  quickReplyPayload: string | null
  referral: Referral | null
  appId: string | null
  edits: number
  unsent: boolean
  unsupported: boolean
  tagged: boolean
  reactions: { customer: string | null; account: string | null }
}

const PLAIN = {
  text: null,
  attachments: [],
  replyTo: null,
  quickReplyPayload: null,
  referral: null,
  appId: null,
  unsupported: false,
  tagged: false,
} as const

type Told = Pick<StoredMessage, 'mid' | 'from' | 'via' | 'atMs'> & Partial<StoredMessage>

export function newMessage(told: Told): StoredMessage {
  const reactions = { customer: null, account: null }
  return { ...PLAIN, attachments: [], edits: 0, unsent: false, reactions, ...told }
}

/** What an account and a person have written to one another. */
export class Thread {
  readonly accountId: string
  readonly igsid: string
  readonly conversationId: string
  readonly customer: Customer
  readonly events: EventHistory<ThreadEvent>
  readonly #messages = new Map<string, StoredMessage>()
  readonly #maxMessages: number
  blocked = false
  deleted = false
  seenMid: string | null = null
  accountSeenMid: string | null = null
  lastCustomerMessageMs: number | null = null
  updatedMs: number

  constructor(who: { accountId: string; igsid: string; customer: Customer }, surroundings: Surroundings) {
    this.accountId = who.accountId
    this.igsid = who.igsid
    this.customer = who.customer
    this.conversationId = conversationIdOf(who.accountId, who.igsid)
    this.events = new EventHistory(surroundings.limits.maxEventsPerThread)
    this.#maxMessages = surroundings.limits.maxMessagesPerThread
    this.updatedMs = surroundings.clock.now()
  }

  find(mid: string): StoredMessage | null {
    return this.#messages.get(mid) ?? null
  }

  messages(): StoredMessage[] {
    return [...this.#messages.values()]
  }

  /** Answers what had to make room. */
  add(message: StoredMessage): StoredMessage | null {
    this.#messages.set(message.mid, message)
    this.updatedMs = message.atMs
    if (message.from === 'customer') {
      this.lastCustomerMessageMs = message.atMs
      this.deleted = false
    }
    const [oldest] = this.#messages.values()
    if (this.#messages.size <= this.#maxMessages || oldest === undefined) return null
    this.#messages.delete(oldest.mid)
    return oldest
  }
}
