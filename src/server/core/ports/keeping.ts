import type { RetentionPreview } from '../../contract/retention.ts'

export interface Expired {
  conversations: number
  messages: number
  customers: number
}

/** How long workspaces keep closed conversations. */
export interface Keeping {
  /** The days; null: for ever. */
  days(workspaceId: number): Promise<number | null>
  setDays(workspaceId: number, days: number | null): Promise<void>
  /** Every workspace that does not keep them for ever. */
  limited(): Promise<{ workspaceId: number; days: number }[]>
  /** What was closed and without activity before `before`. */
  preview(workspaceId: number, before: number): Promise<RetentionPreview>
  /** Deletes the oldest of those, at most `limit` conversations, with customers of whom nothing is left. */
  expire(workspaceId: number, before: number, limit: number): Promise<Expired>
}
