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

/** A message as its platform calls it. */
export interface About {
  channelId: number
  providerId: string
}

/** Most events of one channel that wait for their messages. */
export const MAX_PARKED = 1_000

export interface Inbox {
  /** Stores the raw event; null where this key was stored before. */
  record(event: NewEvent): Promise<RawEvent | null>
  /** When a channel's newest event came; null where none is kept. */
  lastReceivedAt(channelId: number): Promise<string | null>
  /** Claims unprocessed events in the order in which they came, one lease each. */
  claim(limit: number, leaseMs: number): Promise<RawEvent[]>
  done(id: string, outcome: string): Promise<void>
  /**
   * Puts a claimed event aside until the message that it speaks of is there, or for `ttlMs`. Of too many of a channel the
   * oldest is given up.
   */
  park(id: string, about: About, ttlMs: number): Promise<void>
  /** True where events about that message were put aside and are not due again yet. */
  isParked(about: About): Promise<boolean>
  /** Makes events due again whose message is there by now, and ends those that waited too long; answers how many. */
  unpark(): Promise<{ due: number; expired: number }>
}
