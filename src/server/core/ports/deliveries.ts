import type { Delivery, DeliveryAttempt, DeliveryOp } from '../../contract/message.ts'

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
  history(messageId: string): Promise<
    {
      op: DeliveryOp
      state: Delivery['state']
      createdAt: string
      error: string | null
      attempts: DeliveryAttempt[]
    }[]
  >
}
