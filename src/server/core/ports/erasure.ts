import type { LiveEvent } from '../../contract/event.ts'

export interface Erased {
  workspaceId: number
  customerId: number
}

/** Erasing a customer: everything that names or quotes them goes, the skeleton of their conversations stays. */
export interface Erasure {
  /**
   * Empties raw platform events that nobody can tell whose they are but by the id standing in them; those with an id above
   * `after`, at most `limit` looked at. Answers the last that was looked at, null where there are no more.
   */
  forgetRaw(customer: Erased, after: string, limit: number): Promise<string | null>
  /**
   * From here on the customer is unknown: `digest` stands for their id on the platform, their conversations are closed for
   * good, what is queued for them fails. Doing it again does no harm. Null where there is no such customer.
   */
  begin(customer: Erased, digest: string): Promise<LiveEvent | null>
  /** Their conversations, by id, with how long each is. */
  conversations(customer: Erased): Promise<{ id: string; length: number }[]>
  /** Empties the messages with a seq above `after`, up to `through`. */
  emptyMessages(conversationId: string, after: number, through: number): Promise<number>
  /** Empties what the log's events up to `through` say of the conversations. */
  emptyEvents(
    workspaceId: number,
    conversationIds: string[],
    range: { after: number; through: number },
  ): Promise<void>
  /** What the log told when its oldest and newest events were written. */
  eventRange(workspaceId: number): Promise<{ after: number; through: number }>
  /** Empties what was noted at the doors about the customer or their conversations. */
  emptySecurityNotes(customer: Erased, conversationIds: string[]): Promise<void>
  /** Ends the erasure, and tells everybody once more. */
  end(customer: Erased): Promise<LiveEvent | null>
  /** Erasures that were begun before `before` and not ended, at most `limit`. */
  unfinished(before: number, limit: number): Promise<Erased[]>
}
