import type { Clock } from '../../core/ports/system.ts'
import type { Ports } from '../../core/ports.ts'
import { createMemoryAccounts } from './accounts.ts'
import { createMemoryAttachments } from './attachments.ts'
import { createMemoryAudit } from './audit.ts'
import { createMemoryChannels } from './channels.ts'
import { createMemoryConnections } from './connections.ts'
import { createMemoryConversations } from './conversations.ts'
import { createMemoryCustomers } from './customers.ts'
import { createMemoryDeliveries } from './deliveries.ts'
import { createMemoryErasure } from './erasure.ts'
import { createMemoryExports } from './exports.ts'
import { createMemoryInbox } from './inbox.ts'
import { createMemoryJournal } from './journal.ts'
import { createMemoryKeeping } from './keeping.ts'
import { createMemoryKeys } from './keys.ts'
import { createMemoryMessages } from './messages.ts'
import { createMemoryReports } from './reports.ts'
import { createMemorySecondFactors } from './second-factors.ts'
import { createMemorySecurityLog } from './security.ts'
import { createMemorySetupCodes } from './setup-codes.ts'
import { createMemorySpam } from './spam.ts'
import { createState, type MemoryState } from './state.ts'
import { createMemoryTags } from './tags.ts'
import { createMemoryVisitors } from './visitors.ts'

export type Stores = Pick<
  Ports,
  | 'journal'
  | 'conversations'
  | 'customers'
  | 'exports'
  | 'erasure'
  | 'keeping'
  | 'tags'
  | 'messages'
  | 'spam'
  | 'attachments'
  | 'deliveries'
  | 'channels'
  | 'inbox'
  | 'accounts'
  | 'keys'
  | 'audit'
  | 'security'
  | 'reports'
  | 'secondFactors'
  | 'setupCodes'
  | 'connections'
  | 'visitors'
>

/**
 * Every store port over one state in memory, with the semantics of the PostgreSQL adapters. Stores over the state of
 * others are those of another node.
 */
export function createMemoryStores(options: { clock?: Clock; state?: MemoryState } = {}): Stores & {
  state: MemoryState
} {
  const state = options.state ?? createState(options.clock ?? { now: Date.now })
  return {
    state,
    journal: createMemoryJournal(state),
    conversations: createMemoryConversations(state),
    customers: createMemoryCustomers(state),
    exports: createMemoryExports(state),
    erasure: createMemoryErasure(state),
    keeping: createMemoryKeeping(state),
    tags: createMemoryTags(state),
    messages: createMemoryMessages(state),
    spam: createMemorySpam(state),
    attachments: createMemoryAttachments(state),
    deliveries: createMemoryDeliveries(state),
    channels: createMemoryChannels(state),
    inbox: createMemoryInbox(state),
    accounts: createMemoryAccounts(state),
    keys: createMemoryKeys(state),
    audit: createMemoryAudit(state),
    security: createMemorySecurityLog(state),
    reports: createMemoryReports(state),
    secondFactors: createMemorySecondFactors(state),
    setupCodes: createMemorySetupCodes(state),
    connections: createMemoryConnections(state),
    visitors: createMemoryVisitors(state),
  }
}
