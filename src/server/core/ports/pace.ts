/** So many a second; up to `burst` of them at once after a rest. */
export interface Rate {
  perSecond: number
  burst: number
}

/** How fast something may be done, told to all nodes together. */
export interface Pace {
  /**
   * Takes the next turn under `key` where it comes within `maxWaitMs`: then the turn is the caller's, after `waitMs`. Where it comes
   * later nothing is taken, and `waitMs` says when to ask again.
   */
  take(key: string, rate: Rate, maxWaitMs: number): Promise<{ taken: boolean; waitMs: number }>
  /** No turn comes under `key` for so long. A longer freeze stands. */
  freeze(key: string, ms: number): Promise<void>
}
