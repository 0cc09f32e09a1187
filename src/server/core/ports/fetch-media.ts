export interface Fetching {
  maxBytes: number
  /** How long all of it may take, redirects and the last byte included. */
  timeoutMs?: number
  /** The root of the channel's own API server, which alone may be private or without TLS. Never from a platform's event. */
  ownRoot?: string | null
}

export interface FetchedMedia {
  /** What the other side says; null where it does not. */
  size: number | null
  /** Fails with too_large beyond the bound, with unavailable where it breaks off. */
  bytes: AsyncIterable<Uint8Array>
}

/** Files from addresses that others name. Nothing of this installation's own network is reached by them. */
export interface FetchMedia {
  /** Errors: invalid_input (no such address is fetched), not_found (gone), too_large, unavailable (another time perhaps). */
  open(url: string, how: Fetching): Promise<FetchedMedia>
}
