import type { Accounts } from './ports/accounts.ts'
import type { Attachments } from './ports/attachments.ts'
import type { AuditLog } from './ports/audit.ts'
import type { Channels } from './ports/channels.ts'
import type { Connections, Sockets } from './ports/connections.ts'
import type { Conversations } from './ports/conversations.ts'
import type { Customers, Tags } from './ports/customers.ts'
import type { Deliveries } from './ports/deliveries.ts'
import type { Erasure } from './ports/erasure.ts'
import type { Exports } from './ports/exports.ts'
import type { FetchMedia } from './ports/fetch-media.ts'
import type { Files } from './ports/files.ts'
import type { Passwords, Tokens } from './ports/identity.ts'
import type { Inbox } from './ports/inbox.ts'
import type { Journal } from './ports/journal.ts'
import type { Keeping } from './ports/keeping.ts'
import type { ApiKeys } from './ports/keys.ts'
import type { RateLimiter, Slots } from './ports/limits.ts'
import type { Bus, Feed, Presence, Sessions } from './ports/live.ts'
import type { Media } from './ports/media.ts'
import type { Messages } from './ports/messages.ts'
import type { Metrics } from './ports/metrics.ts'
import type { Pace } from './ports/pace.ts'
import type { Platform } from './ports/platform.ts'
import type { Reports } from './ports/reports.ts'
import type { Seals } from './ports/seals.ts'
import type { BlockedIps, SecurityLog } from './ports/security.ts'
import type { Settings } from './ports/settings.ts'
import type { SetupCodes } from './ports/setup.ts'
import type { Spam } from './ports/spam.ts'
import type { Clock, Ids, Log } from './ports/system.ts'
import type { Authenticator, SecondFactors } from './ports/two-factor.ts'
import type { VisitorTokens } from './ports/visitor-tokens.ts'
import type { Visitors } from './ports/visitors.ts'

/** Every port, handed to every verb. */
export interface Ports {
  journal: Journal
  conversations: Conversations
  customers: Customers
  exports: Exports
  erasure: Erasure
  keeping: Keeping
  tags: Tags
  messages: Messages
  spam: Spam
  attachments: Attachments
  deliveries: Deliveries
  channels: Channels
  inbox: Inbox
  visitors: Visitors
  visitorTokens: VisitorTokens
  accounts: Accounts
  secondFactors: SecondFactors
  setupCodes: SetupCodes
  keys: ApiKeys
  audit: AuditLog
  seals: Seals
  security: SecurityLog
  reports: Reports
  blockedIps: BlockedIps
  sessions: Sessions
  connections: Connections
  sockets: Sockets
  passwords: Passwords
  authenticator: Authenticator
  tokens: Tokens
  files: Files
  media: Media
  fetchMedia: FetchMedia
  bus: Bus
  presence: Presence
  limiter: RateLimiter
  pace: Pace
  slots: Slots
  feed: Feed
  /** The vendors that are there. A website needs none: storing is delivering. */
  platforms: { telegram: Platform; instagram?: Platform }
  clock: Clock
  ids: Ids
  log: Log
  metrics: Metrics
  settings: Settings
}
