import type { SecurityKind } from '../../contract/security.ts'

export interface SecurityNote {
  kind: SecurityKind
  workspaceId: number | null
  userId: number | null
  address: string
  detail: Record<string, unknown>
  /** How many this one note stands for; 1 where it is not said. */
  count?: number
}

/** What happened at the doors. Noting never waits and never fails its caller; what cannot be kept is counted. */
export interface SecurityLog {
  note(event: SecurityNote): void
}

/** One entry of the blacklist. `network` is spelled `address/bits`. */
export interface BlockedIp {
  id: number
  network: string
  reason: string
  createdAt: string
  expiresAt: string
  hits: number
}

export interface BlockedIps {
  /** The entries that hold at `now`. */
  list(now: number, limit: number): Promise<BlockedIp[]>
  /** Adds an entry, or gives the one of this network a new reason and expiry. */
  put(entry: {
    network: string
    reason: string
    createdBy: number | null
    expiresAt: number
  }): Promise<BlockedIp>
  remove(network: string): Promise<boolean>
  /** Counts that an entry kept somebody out. Never waits. */
  hit(id: number): void
}
