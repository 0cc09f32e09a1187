import type { AuditEntry, ListAudit } from '../../contract/audit.ts'

export interface AuditNote extends Omit<AuditEntry, 'id' | 'at'> {
  /** Null for what concerns the instance and no workspace of it. */
  workspaceId: number | null
}

/** Who did what. Entries are added and read; nothing changes or removes one. */
export interface AuditLog {
  add(note: AuditNote): Promise<void>
  /** The workspace's entries (null: the instance's), newest first. */
  list(workspaceId: number | null, filter: Omit<ListAudit, 'scope'>): Promise<AuditEntry[]>
}
