import type { Pool } from 'pg'
import { createAccounts } from '../adapters/prisma/accounts.ts'
import { createApiKeys } from '../adapters/prisma/api-keys.ts'
import { createAttachments } from '../adapters/prisma/attachments.ts'
import { createAudit } from '../adapters/prisma/audit.ts'
import { createBlockedIps } from '../adapters/prisma/blocked-ips.ts'
import { createChannels } from '../adapters/prisma/channels.ts'
import { createConnections } from '../adapters/prisma/connections.ts'
import { createConversations } from '../adapters/prisma/conversations.ts'
import { createCustomers } from '../adapters/prisma/customers.ts'
import { createDeliveries } from '../adapters/prisma/deliveries.ts'
import { createErasure } from '../adapters/prisma/erasure.ts'
import { createExports } from '../adapters/prisma/exports.ts'
import type { PrismaClient } from '../adapters/prisma/generated/client.ts'
import { createInbox } from '../adapters/prisma/inbox.ts'
import { createJournal } from '../adapters/prisma/journal.ts'
import { createKeeping } from '../adapters/prisma/keeping.ts'
import { createMessages } from '../adapters/prisma/messages.ts'
import { rememberChannels } from '../adapters/prisma/remembered-channels.ts'
import { createReports } from '../adapters/prisma/reports.ts'
import { createSecondFactors } from '../adapters/prisma/second-factors.ts'
import { createSetupCodes } from '../adapters/prisma/setup-codes.ts'
import { createSpam } from '../adapters/prisma/spam.ts'
import { createTags } from '../adapters/prisma/tags.ts'
import { createVisitors } from '../adapters/prisma/visitors.ts'
import { cacheSessions } from '../core/accounts/session-cache.ts'
import type { Ports } from '../core/ports.ts'
import { cacheReplyTimes } from '../core/visitors/cache-reply-times.ts'

interface Tools extends Pick<Ports, 'bus' | 'clock' | 'log'> {
  prisma: PrismaClient
  pool: Pool
  cipher: Parameters<typeof createChannels>[1]
}

/** What is kept in PostgreSQL: by Prisma's client what is asked seldom, by statements of our own what is asked often. */
export const createStores = ({ prisma, pool, cipher, bus, clock, log }: Tools) => ({
  journal: createJournal(pool),
  conversations: createConversations(pool),
  customers: createCustomers(pool),
  exports: createExports(pool),
  erasure: createErasure(pool),
  keeping: createKeeping(pool),
  tags: createTags(prisma),
  messages: createMessages(pool),
  spam: createSpam(pool),
  attachments: createAttachments(pool),
  deliveries: createDeliveries(pool),
  channels: rememberChannels(createChannels(prisma, cipher), clock),
  inbox: createInbox(pool),
  visitors: cacheReplyTimes(createVisitors(pool), clock),
  accounts: cacheSessions(createAccounts(prisma), bus, clock),
  secondFactors: createSecondFactors(prisma, cipher),
  setupCodes: createSetupCodes(prisma),
  keys: createApiKeys(prisma),
  audit: createAudit(prisma),
  reports: createReports(pool),
  blockedIps: createBlockedIps(prisma, log),
  connections: createConnections(pool),
})
