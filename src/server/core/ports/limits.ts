/** Counts what was allowed within a moving window; what is refused is not. Each length of window counts by itself. */
export interface RateLimiter {
  /** Takes a place under `key` if fewer than `limit` are taken within the last `windowMs`. */
  take(key: string, limit: number, windowMs: number): Promise<{ allowed: boolean; retryAfterMs: number }>
  /** How many places are taken now. */
  count(key: string, windowMs: number): Promise<number>
  /** Counts without a limit (failed sign-ins): answers how many there are now within the window, up to a thousand. */
  note(key: string, windowMs: number): Promise<number>
}

/** Places that are held for as long as their holder lives: a lease that a crash lets expire within 35 s. */
export interface Slots {
  /** True where `holder` got or already has one of `limit` places under `key`. */
  acquire(key: string, holder: string, limit: number): Promise<boolean>
  /** Renews the lease; call it at least every `beatMs`. */
  renew(key: string, holder: string): Promise<void>
  release(key: string, holder: string): Promise<void>
  readonly beatMs: number
}
