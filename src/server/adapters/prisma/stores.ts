import type { Pool } from 'pg'
import { createAccounts } from './accounts.ts'
import { createApiKeys } from './api-keys.ts'
import { createAttachments } from './attachments.ts'
import { createAudit } from './audit.ts'
import { createChannels } from './channels.ts'
import { createConnections } from './connections.ts'
import { createConversations } from './conversations.ts'
import { createCustomers } from './customers.ts'
import { createDeliveries } from './deliveries.ts'
import { createErasure } from './erasure.ts'
import { createExports } from './exports.ts'
import type { PrismaClient } from './generated/client.ts'
import { createInbox } from './inbox.ts'
import { createJournal } from './journal.ts'
import { createKeeping } from './keeping.ts'
import { createMessages } from './messages.ts'
import { createReports } from './reports.ts'
import { createSecondFactors } from './second-factors.ts'
import { createSetupCodes } from './setup-codes.ts'
import { createSpam } from './spam.ts'
import { createTags } from './tags.ts'
import { createVisitors } from './visitors.ts'

interface Tools {
  pool: Pool
  prisma: PrismaClient
  /** Seals what is secret. */
  cipher: Parameters<typeof createChannels>[1]
}

/** What is kept in PostgreSQL: by Prisma's client what is asked seldom, by statements of our own what is asked often. */
export const createStores = ({ pool, prisma, cipher }: Tools) => ({
  journal: createJournal(pool),
  conversations: createConversations(pool),
  customers: createCustomers(pool),
  exports: createExports(pool),
  erasure: createErasure(pool),
  keeping: createKeeping(pool),
  tags: createTags(prisma),
  messages: createMessages(pool),
  attachments: createAttachments(pool),
  spam: createSpam(pool),
  deliveries: createDeliveries(pool),
  channels: createChannels(prisma, cipher),
  inbox: createInbox(pool),
  accounts: createAccounts(prisma),
  keys: createApiKeys(prisma),
  audit: createAudit(prisma),
  reports: createReports(pool),
  secondFactors: createSecondFactors(prisma, cipher),
  setupCodes: createSetupCodes(prisma),
  connections: createConnections(pool),
  visitors: createVisitors(pool),
})
