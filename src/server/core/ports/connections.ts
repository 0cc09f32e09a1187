import type { ConnectionKind } from '../../contract/connection.ts'

/** What a node says of one of its sockets. */
export interface ConnectionNote {
  id: string
  kind: ConnectionKind
  userId: number
  sessionId: string
  /** Whose data it shows. */
  workspaceIds: number[]
  conversationId: string | null
  address: string
  userAgent: string
  openedAt: number
  lagBytes: number
}

export interface NodeReport {
  node: { id: string; name: string }
  /** Sockets that are new, or of which something has changed. */
  open: ConnectionNote[]
  closed: string[]
}

export interface StoredConnection extends ConnectionNote {
  node: string
  userName: string
  workspaces: string[]
  /** Who writes in its conversation. */
  customer: string | null
}

/** All of the instance, or those that show data of these workspaces and those of one person. */
export type ConnectionScope = 'instance' | { workspaceIds: number[]; userId: number }

/** The open sockets of all nodes. What a node reports holds for 35 s, unless it reports again. */
export interface Connections {
  /** One write for all that has changed. Answers which of the node's sockets are to end, and whether the node was forgotten. */
  report(report: NodeReport): Promise<{ wasForgotten: boolean; ending: string[] }>
  /** Forgets a node with all its sockets. */
  leave(nodeId: string): Promise<void>
  /** The newest first. */
  list(scope: ConnectionScope, limit: number): Promise<StoredConnection[]>
  count(scope: ConnectionScope): Promise<number>
  find(id: string): Promise<StoredConnection | null>
  /** Asks the node of a socket to end it; false where there is no such socket. */
  askEnd(id: string): Promise<boolean>
}

/** How a node's socket tells how it is, and is ended. */
export interface SocketHandle {
  lagBytes(): number
  /** Called once, when somebody wants it ended. */
  end(): void
}

/** The sockets that are open on this node. */
export interface Sockets {
  /** Reports a socket until the answered function is called. Nothing waits for the report. */
  add(socket: Omit<ConnectionNote, 'lagBytes' | 'openedAt'>, handle: SocketHandle): () => void
}
