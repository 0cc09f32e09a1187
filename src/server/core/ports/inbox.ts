export interface RawEvent {
  id: string
  channelId: number
  workspaceId: number
  raw: string
}

export interface Inbox {
  /** Stores the raw event; null where this key was stored before. */
  record(event: {
    workspaceId: number
    channelId: number
    key: string
    raw: string
  }): Promise<RawEvent | null>
  /** Claims unprocessed events in the order in which they came, one lease each. */
  claim(limit: number, leaseMs: number): Promise<RawEvent[]>
  done(id: string, outcome: string): Promise<void>
}
