import type { Attachment } from '../../contract/attachment.ts'
import type { Source } from '../../contract/customer.ts'
import type {
  Delivery,
  DeliveryAttempt,
  DeliveryOp,
  DeliveryState,
  NextStep,
} from '../../contract/message.ts'

/** One due delivery, claimed: its attempt is already written, so that a crash leaves a trace. */
export interface ClaimedDelivery {
  id: string
  attempt: number
  /** Attempts that count against its limit, this one included, and when the first of them began. */
  tried: number
  triedSince: string | null
  /** True where it was handed over, and the platform may still tell by an echo that it has it. */
  isAwaitingEcho: boolean
  workspaceId: number
  conversationId: string
  messageId: string
  channelId: number
  customerId: number
  recipient: string
  source: Source
  op: DeliveryOp
  /** The message as it is now. */
  content: string
  isDeleted: boolean
  /** What the platform calls it, once it took it. */
  providerId: string | null
  attachment: Attachment | null
  /** What the platform calls the message that it answers. */
  replyTo: string | null
  /** Instagram: whether a person wrote it, so that it may go under the tag for people. */
  isHumanAgent: boolean
  /** Of a reaction; null takes it back. */
  emoji: string | null
  /** Of a later change: where the message itself stands; null where the customer wrote it. */
  sendState: DeliveryState | null
  /** When the customer last wrote, on platforms where that opens a window; else null. */
  lastCustomerAt: string | null
}

export interface Choice {
  /** At most so many of one channel. */
  each: number
  /** Channels of which nothing is wanted now. */
  skipped: number[]
}

export interface DeliveryRecord {
  op: DeliveryOp
  state: Delivery['state']
  createdAt: string
  error: string | null
  next: NextStep | null
  attempts: DeliveryAttempt[]
}

/** How a channel's outbox is. Counts end at MOST_COUNTED. */
export interface QueueState {
  /** What is not through, and since when the longest of them waits. */
  waiting: number
  waitingSince: string | null
  /** What failed since the instant that was asked for, and when the last of them was written. */
  failed: number
  /** To how many customers, without those who cannot be reached. */
  failedCustomers: number
  lastFailedAt: string | null
}

export const MOST_COUNTED = 10_000

export interface Deliveries {
  /** Claims heads of due lanes (a lane is one channel and one customer), the longest due first, each for `leaseMs`. */
  claim(limit: number, leaseMs: number, choice?: Choice): Promise<ClaimedDelivery[]>
  /** Claims whose lease ran out with the attempt still open: nobody knows what became of them. */
  lost(limit: number): Promise<ClaimedDelivery[]>
  /** Gives a claim back that was not handed over, as if it had not been made. */
  putBack(claimed: ClaimedDelivery, delayMs: number): Promise<void>
  history(messageId: string): Promise<DeliveryRecord[]>
  ofChannel(channelId: number, failedSince: number): Promise<QueueState>
  /** Makes what would be tried again later due now; answers how many. What the platform asked to wait for goes on waiting. */
  hasten(channelId: number): Promise<number>
}
