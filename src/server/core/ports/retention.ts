/** What is past its time. Each call removes at most `limit` rows of a kind and answers how many. */
export interface Retention {
  /** Events before `before`, from the old end of each log, whose floor rises; messages are not affected. */
  pruneEvents(before: number, limit: number): Promise<number>
  /** Tokens, sessions and invitations that have expired. */
  pruneSignIns(now: number, limit: number): Promise<number>
  /** Raw platform events that were processed and came before `before`. */
  pruneInbound(before: number, limit: number): Promise<number>
  /** Security events and their sums before `before`, and entries of the blacklist that ended before it. */
  pruneSecurity(before: number, limit: number): Promise<number>
}
