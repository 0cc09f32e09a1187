/** Where the next group of sealed values begins. */
export interface SealPlace {
  column: number
  after: number
}

export interface Resealed {
  resealed: number
  /** Values that no key opens; they are left as they are. */
  unreadable: number
  /** Null behind the last group. */
  next: SealPlace | null
}

/** Everything that is stored sealed, whichever noun it belongs to. */
export interface Seals {
  /**
   * Seals the next group of values that today's key has not sealed. A value that somebody else writes meanwhile stays
   * theirs.
   */
  reseal(from: SealPlace | null, limit: number): Promise<Resealed>
  /** False where something is stored that no key here can have sealed. */
  isReadable(): Promise<boolean>
}
