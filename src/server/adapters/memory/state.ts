import type { AuditEntry } from '../../contract/audit.ts'
import type { TokenPair, UserRow } from '../../core/ports/accounts.ts'
import type { AuditNote } from '../../core/ports/audit.ts'
import type { StoredChannel } from '../../core/ports/channels.ts'
import type { ResetLinkRow } from '../../core/ports/password-store.ts'
import type { Clock } from '../../core/ports/system.ts'
import type {
  AttachmentRow,
  ConnectionRow,
  ConversationRow,
  CustomerRow,
  DeliveryRow,
  InboxRow,
  InvitationRow,
  KeyRow,
  LoggedEvent,
  MembershipRow,
  MessageRow,
  NotedRow,
  RemovalRow,
  SecondFactorRow,
  StoredSession,
  TagRow,
  WorkspaceRow,
} from './rows.ts'

/** What a database would hold, for tests: it grows as long as its test runs, and no further. */
export interface MemoryState {
  now(): number
  nextId(): number
  workspaces: Map<number, WorkspaceRow>
  users: Map<number, UserRow>
  secondFactors: Map<number, SecondFactorRow>
  /** Digests with their expiry, the oldest first. */
  setupCodes: Map<string, number>
  memberships: MembershipRow[]
  invitations: InvitationRow[]
  keys: KeyRow[]
  /** Newest first. */
  audit: (AuditEntry & Pick<AuditNote, 'workspaceId'>)[]
  /** Newest last. */
  security: NotedRow[]
  sessions: Map<string, StoredSession>
  /** By person: one has at most one. */
  resetLinks: Map<number, ResetLinkRow>
  tokens: Map<string, TokenPair & { rotated: boolean }>
  channels: Map<number, StoredChannel & { isDeleted: boolean }>
  customers: Map<number, CustomerRow>
  tags: TagRow[]
  conversations: Map<string, ConversationRow>
  messages: Map<string, MessageRow>
  /** Messages by what may not be stored twice: a sender's client id, a platform's id. */
  messageKeys: Map<string, MessageRow>
  deliveries: DeliveryRow[]
  attachments: Map<string, AttachmentRow>
  /** Files whose rows are gone. */
  removals: RemovalRow[]
  inbox: InboxRow[]
  /** By conversation and person. */
  readMarks: Map<string, { seq: number; at: string }>
  nodes: Map<string, { name: string; seenTill: number }>
  connections: Map<string, ConnectionRow>
}

export function createState(clock: Clock): MemoryState {
  let lastId = 0
  return {
    now: () => clock.now(),
    nextId: () => ++lastId,
    workspaces: new Map(),
    users: new Map(),
    secondFactors: new Map(),
    setupCodes: new Map(),
    memberships: [],
    invitations: [],
    keys: [],
    audit: [],
    security: [],
    sessions: new Map(),
    resetLinks: new Map(),
    tokens: new Map(),
    channels: new Map(),
    customers: new Map(),
    tags: [],
    conversations: new Map(),
    messages: new Map(),
    messageKeys: new Map(),
    deliveries: [],
    attachments: new Map(),
    removals: [],
    inbox: [],
    readMarks: new Map(),
    nodes: new Map(),
    connections: new Map(),
  }
}

export const instantOf = (state: MemoryState): string => new Date(state.now()).toISOString()

/** The row of this id; throws where a database would complain of its foreign key. */
export function requireRow<K, V>(rows: ReadonlyMap<K, V>, id: K, noun: string): V {
  const row = rows.get(id)
  if (row === undefined) throw new Error(`There is no ${noun} ${String(id)}`)
  return row
}

/** Writes one event at the head of the workspace's log. */
export function logEvent(
  state: MemoryState,
  workspaceId: number,
  event: Omit<LoggedEvent, 'seq'>,
): LoggedEvent {
  const workspace = requireRow(state.workspaces, workspaceId, 'workspace')
  const logged = { ...event, seq: ++workspace.head }
  workspace.log.push(logged)
  const conversation = event.conversationId === null ? null : state.conversations.get(event.conversationId)
  if (conversation) conversation.rev = logged.seq
  return logged
}

/** The workspace's tag of this name, made where there is none. */
export function tagOf(state: MemoryState, workspaceId: number, name: string): TagRow {
  const known = state.tags.find((tag) => tag.workspaceId === workspaceId && tag.name === name)
  if (known) return known
  const tag = { id: state.nextId(), workspaceId, name }
  state.tags.push(tag)
  return tag
}
