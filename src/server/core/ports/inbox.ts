import type { Source } from '../../contract/customer.ts'

export interface RawEvent {
  id: string
  channelId: number
  workspaceId: number
  source: Source
  raw: string
}

export interface NewEvent {
  workspaceId: number
  channelId: number
  source: Source
  key: string
  raw: string
  /** Whose message it is, as the platform calls them; null where it is no message. */
  sourceId: string | null
}

export interface Inbox {
  /** Stores the raw event; null where this key was stored before. */
  record(event: NewEvent): Promise<RawEvent | null>
  /** Claims unprocessed events in the order in which they came, one lease each. */
  claim(limit: number, leaseMs: number): Promise<RawEvent[]>
  done(id: string, outcome: string): Promise<void>
}
