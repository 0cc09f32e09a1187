import type { Role } from '../../contract/account.ts'
import type { LiveEvent } from '../../contract/event.ts'

/** The bus is a hint: it may carry the payload, and losing a hint costs a short delay, never an event. */
export interface Bus {
  publish(topic: string, payload: unknown): void
  subscribe(topic: string, listener: (payload: unknown) => void): () => void
  close(): Promise<void>
}

/** Who is where, as leases that a crash lets expire. A place is "console:1" or "room:ABC". */
export interface Presence {
  /** True where this is the person's first connection there. */
  enter(place: string, userId: number, connectionId: string): Promise<boolean>
  /** True where it was their last. */
  leave(place: string, userId: number, connectionId: string): Promise<boolean>
  /** Renews the lease; call it at least every `beatMs`. */
  beat(place: string, userId: number, connectionId: string): Promise<void>
  who(place: string): Promise<number[]>
  readonly beatMs: number
}

/** Events of a workspace on this node, in the order of its log, each once. */
export interface Feed {
  publish(workspaceId: number, event: LiveEvent | null): void
  /** Starts after `after`; events that are already stored are not replayed here. */
  listen(workspaceId: number, after: number, listener: (event: LiveEvent) => void): Promise<() => void>
}

/** Why what lives on a session must end: the session is over, or its person is no longer what they were. */
export type SessionEnd = 'over' | 'changed'

/** The sessions that something lives on: sockets, above all. */
export interface Sessions {
  /** Calls `end` once when the session is over or the person lost a role they had; answers how to stop watching. */
  watch(member: WatchedMember, end: (why: SessionEnd) => void): () => void
  /** Notes that a session is in use. Never waits. */
  seen(sessionId: string): void
}

export interface WatchedMember {
  sessionId: string
  workspaces: { id: number; role: Role }[]
}
