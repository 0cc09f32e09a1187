/** The codes by which the first person of an instance proves that they run it. */
export interface SetupCodes {
  /** Keeps the digest of a code until it expires; of very many only the newest are kept. */
  add(digest: string, expiresAt: number): Promise<void>
  /** True once somebody administers the instance. */
  isDone(): Promise<boolean>
}
