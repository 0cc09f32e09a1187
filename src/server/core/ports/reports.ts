import type { SecurityKind } from '../../contract/security.ts'

/** Where it happened: anywhere in the instance, or in these workspaces. */
export type PlaceScope = 'instance' | { workspaceIds: number[] }

/** Besides, what one person ran into elsewhere. */
export type EventScope = 'instance' | { workspaceIds: number[]; userId: number }

export type KindCounts = Record<SecurityKind, number>

/** An event at the doors, as it is read. */
export interface SecurityEvent {
  id: string
  at: string
  kind: SecurityKind
  count: number
  workspaceId: number | null
  user: { id: number; name: string } | null
  address: string
  detail: Record<string, unknown>
}

export interface EventQuery {
  kinds?: SecurityKind[]
  /** The id of the last event of the page before. */
  before?: string
  limit: number
}

/** Reads what was noted and done. Figures count every event, also those of a flood that was noted as one. */
export interface Reports {
  /** How many of each kind there were since an instant, to the second. */
  counts(scope: EventScope, since: number): Promise<KindCounts>
  /** The same in steps of whole minutes, by the instant at which each begins; steps without any are left out. */
  series(
    scope: PlaceScope,
    period: { since: number; stepMs: number },
  ): Promise<{ at: number; kind: SecurityKind; count: number }[]>
  /** Newest first. */
  events(scope: PlaceScope, query: EventQuery): Promise<SecurityEvent[]>
  /** The person's events in these workspaces, newest first. */
  eventsOf(userId: number, workspaceIds: number[], limit: number): Promise<SecurityEvent[]>
  /** Support messages a person sent in these workspaces since an instant, and how many of their conversations changed. */
  activity(
    workspaceIds: number[],
    query: { userId: number; since: number },
  ): Promise<{ messagesSent: number; activeConversations: number }>
}
