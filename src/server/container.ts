import { randomUUID } from 'node:crypto'
import os from 'node:os'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import type { Pool } from 'pg'
import { createAuthenticator } from './adapters/auth/authenticator.ts'
import { createCipher } from './adapters/auth/encryption.ts'
import { createIds } from './adapters/auth/ids.ts'
import { createPasswords } from './adapters/auth/passwords.ts'
import { createTokens } from './adapters/auth/tokens.ts'
import { createVisitorTokens } from './adapters/auth/visitor-tokens.ts'
import { createLocalFiles } from './adapters/files/local.ts'
import { createFetchMedia } from './adapters/http/fetch-media.ts'
import { createInstagram } from './adapters/instagram/platform.ts'
import { createMedia } from './adapters/media/media.ts'
import { createMemoryBus } from './adapters/memory/bus.ts'
import { createNoMetrics } from './adapters/memory/metrics.ts'
import { createMemoryPace, withoutRate } from './adapters/memory/pace.ts'
import { createMemoryPresence } from './adapters/memory/presence.ts'
import { createMemoryRateLimiter } from './adapters/memory/rate-limiter.ts'
import { createMemorySlots } from './adapters/memory/slots.ts'
import { createAccounts } from './adapters/prisma/accounts.ts'
import { createApiKeys } from './adapters/prisma/api-keys.ts'
import { createAttachments } from './adapters/prisma/attachments.ts'
import { createAudit } from './adapters/prisma/audit.ts'
import { createBacklog } from './adapters/prisma/backlog.ts'
import { createBlockedIps } from './adapters/prisma/blocked-ips.ts'
import { createChannels } from './adapters/prisma/channels.ts'
import { createConnections } from './adapters/prisma/connections.ts'
import { createConversations } from './adapters/prisma/conversations.ts'
import { createCustomers } from './adapters/prisma/customers.ts'
import { createDeliveries } from './adapters/prisma/deliveries.ts'
import { createErasure } from './adapters/prisma/erasure.ts'
import { createExports } from './adapters/prisma/exports.ts'
import { PrismaClient } from './adapters/prisma/generated/client.ts'
import { createInbox } from './adapters/prisma/inbox.ts'
import { createJournal } from './adapters/prisma/journal.ts'
import { createKeeping } from './adapters/prisma/keeping.ts'
import { createMessages } from './adapters/prisma/messages.ts'
import { rememberChannels } from './adapters/prisma/remembered-channels.ts'
import { createReports } from './adapters/prisma/reports.ts'
import { createRetention } from './adapters/prisma/retention.ts'
import { createSeals } from './adapters/prisma/seals.ts'
import { createSecondFactors } from './adapters/prisma/second-factors.ts'
import { createSecurityLog } from './adapters/prisma/security-log.ts'
import { createSetupCodes } from './adapters/prisma/setup-codes.ts'
import { createSpam } from './adapters/prisma/spam.ts'
import { createTags } from './adapters/prisma/tags.ts'
import { createVisitors } from './adapters/prisma/visitors.ts'
import { createPromMetrics } from './adapters/prom/metrics.ts'
import { createRedisBus } from './adapters/redis/bus.ts'
import { openInsuredRedis } from './adapters/redis/insured.ts'
import { createRedisPace } from './adapters/redis/pace.ts'
import { createRedisPresence } from './adapters/redis/presence.ts'
import { createRedisRateLimiter } from './adapters/redis/rate-limiter.ts'
import { createRedisSlots } from './adapters/redis/slots.ts'
import { createTelegram } from './adapters/telegram/platform.ts'
import { cacheSessions } from './core/accounts/session-cache.ts'
import { SessionWatch } from './core/accounts/session-watch.ts'
import { refreshTokens } from './core/channels/refresh-tokens.ts'
import type { Ctx } from './core/context.ts'
import { finishErasures } from './core/customers/erase.ts'
import { DeliveryWorker } from './core/delivery/worker.ts'
import { MediaCopier } from './core/files/copier.ts'
import { createFileKeeper } from './core/files/keeper.ts'
import { tidyFiles } from './core/files/remove-files.ts'
import { createHousekeeping } from './core/housekeeping/prune.ts'
import { Poller } from './core/inbound/poller.ts'
import { createInboundProcessor } from './core/inbound/process.ts'
import { LiveFeed } from './core/live/feed.ts'
import type { Metrics } from './core/ports/metrics.ts'
import type { Settings } from './core/ports/settings.ts'
import type { Log } from './core/ports/system.ts'
import { applyRetention } from './core/retention/retention.ts'
import { OpenSockets } from './core/security/connections/open-sockets.ts'
import { Doors } from './core/security/doors.ts'
import { FloodGuard } from './core/security/flood.ts'
import { meterLimiter, meterSecurity, meterSlots } from './core/security/metered.ts'
import { openSetup } from './core/setup/open-setup.ts'
import { cacheReplyTimes } from './core/visitors/cache-reply-times.ts'
import { openDatabase } from './database.ts'
import type { Env } from './env.ts'
import { createLog } from './log.ts'
import { endRotation, requireReadable } from './rotation.ts'
import { openSecrets } from './secrets.ts'

const DAY_MS = 86_400_000
/** An erasure that is not through by then was cut short. */
const ERASURE_TAKES_MS = 10 * 60_000
/** How long a transaction may wait for a connection, and last: under a load, late is better than refused. */
const TRANSACTIONS = { maxWait: 10_000, timeout: 15_000 }

/** The core with its adapters, chosen from the settings. `ctx` acts as the system; transports put a person in it. */
export async function openContainer(
  env: Env,
  publicUrl: string,
  say: (sentence: string) => void,
  open = openDatabase,
) {
  const log = createLog(env.LOG_LEVEL)
  const database = await open(env, say)
  const secrets = await openSecrets(env, database.isEmbedded)
  const cipher = createCipher(secrets.keys)
  const seals = createSeals(database.pool, cipher)
  await requireReadable(seals, database)
  const prisma = new PrismaClient({ adapter: new PrismaPg(database.pool), transactionOptions: TRANSACTIONS })
  const bus = env.REDIS_URL ? createRedisBus(env.REDIS_URL, log) : createMemoryBus(log)
  const redisPresence = env.REDIS_URL ? createRedisPresence(env.REDIS_URL, log) : null
  const prom = env.METRICS_PORT === undefined ? null : createPromMetrics()
  const metrics = prom ?? createNoMetrics()
  measureDatabase(metrics, database.pool)
  const limits = openLimits(env.REDIS_URL, log)
  const journal = createJournal(database.pool)
  const feed = new LiveFeed({ journal, bus, log })
  const clock = { now: Date.now }
  const accounts = cacheSessions(createAccounts(prisma), bus, clock)
  const sessions = new SessionWatch({ accounts, bus, log })
  const connections = createConnections(database.pool)
  const sockets = new OpenSockets({ connections, bus, clock, log }, nodeOf())
  const securityLog = createSecurityLog(database.pool, log)
  const security = new FloodGuard(meterSecurity(securityLog, metrics))
  const blockedIps = createBlockedIps(prisma, log)
  const fetchMedia = createFetchMedia()
  const instagramApp = { appSecret: env.INSTAGRAM_APP_SECRET, verifyToken: env.INSTAGRAM_VERIFY_TOKEN }
  const ctx: Ctx = {
    actor: { kind: 'system' },
    journal,
    conversations: createConversations(database.pool),
    customers: createCustomers(database.pool),
    exports: createExports(database.pool),
    erasure: createErasure(database.pool),
    keeping: createKeeping(database.pool),
    tags: createTags(prisma),
    messages: createMessages(database.pool),
    spam: createSpam(database.pool),
    attachments: createAttachments(database.pool),
    deliveries: createDeliveries(database.pool),
    channels: rememberChannels(createChannels(prisma, cipher), clock),
    inbox: createInbox(database.pool),
    visitors: cacheReplyTimes(createVisitors(database.pool), clock),
    accounts,
    secondFactors: createSecondFactors(prisma, cipher),
    setupCodes: createSetupCodes(prisma),
    keys: createApiKeys(prisma),
    audit: createAudit(prisma),
    seals,
    security,
    reports: createReports(database.pool),
    blockedIps,
    sessions,
    connections,
    sockets,
    passwords: createPasswords(),
    authenticator: createAuthenticator(),
    tokens: createTokens(secrets.jwt),
    files: createLocalFiles(path.resolve(env.DATA_DIR, 'files')),
    media: createMedia(),
    fetchMedia,
    visitorTokens: createVisitorTokens(secrets.jwt),
    bus,
    presence: redisPresence ?? createMemoryPresence(),
    limiter: meterLimiter(limits.limiter, metrics),
    slots: meterSlots(limits.slots, metrics),
    pace: env.ENABLE_DELIVERY_PACE ? limits.pace : withoutRate(limits.pace),
    feed,
    platforms: {
      telegram: createTelegram({ apiRoot: env.TELEGRAM_API_ROOT }),
      instagram: createInstagram({
        graphRoot: env.INSTAGRAM_GRAPH_ROOT,
        version: env.INSTAGRAM_GRAPH_VERSION,
        app: instagramApp,
        fetchMedia,
      }),
    },
    clock,
    ids: createIds(),
    log,
    metrics,
    settings: settingsOf(env, publicUrl),
  }
  const worker = new DeliveryWorker(ctx)
  const inbound = createInboundProcessor(ctx)
  const poller = new Poller(ctx, inbound.kick)
  const retention = createRetention(database.pool)
  const doors = new Doors(ctx)
  const fileKeeper = createFileKeeper(ctx)
  const copier = new MediaCopier(ctx)
  const housekeeping = createHousekeeping({
    ports: { retention, clock, log },
    eventDays: env.EVENT_RETENTION_DAYS,
    chores: [
      () => finishErasures(ctx, clock.now() - ERASURE_TAKES_MS),
      (isEnding) => applyRetention(ctx, isEnding),
      (isEnding) => refreshTokens(ctx, isEnding),
      (isEnding) => tidyFiles(ctx, isEnding),
    ],
  })
  return {
    ctx,
    log,
    prisma,
    secrets,
    instagramApp,
    isEmbedded: database.isEmbedded,
    dataDir: path.resolve(env.DATA_DIR),
    inbound,
    /** Null where nothing is measured. */
    readMetrics: prom && (() => prom.text()),
    isReady: async () => (await database.pool.query('SELECT 1')).rowCount === 1,
    doors,
    openSetup: () => openSetup(ctx),
    async start() {
      await endRotation(env, { ctx, isEmbedded: database.isEmbedded, dataDir: path.resolve(env.DATA_DIR) })
      await doors.start()
      feed.start()
      sessions.start()
      sockets.start()
      worker.start()
      inbound.start()
      poller.start()
      housekeeping.start()
      fileKeeper.start()
      copier.start()
    },
    async close() {
      await housekeeping.close()
      await fileKeeper.close()
      await poller.close()
      await copier.close()
      await inbound.close()
      await worker.close()
      sessions.close()
      await sockets.close()
      doors.close()
      await blockedIps.close()
      security.flush()
      await securityLog.close()
      feed.close()
      redisPresence?.close()
      limits.close()
      await bus.close()
      await prisma.$disconnect()
      await database.close()
    },
  }
}

/** A name by which people find the process; the id is of this very start. */
const nodeOf = () => ({ id: randomUUID(), name: `${os.hostname()}/${process.pid}` })

export type Container = Awaited<ReturnType<typeof openContainer>>

function openLimits(redisUrl: string | undefined, log: Log) {
  const [limiter, slots, pace] = [createMemoryRateLimiter(), createMemorySlots(), createMemoryPace()]
  if (!redisUrl) return { limiter, slots, pace, close: () => {} }
  const redis = openInsuredRedis(redisUrl, log)
  return {
    limiter: createRedisRateLimiter(redis, limiter),
    slots: createRedisSlots(redis, slots),
    pace: createRedisPace(redis, pace),
    close: () => redis.close(),
  }
}

function measureDatabase(metrics: Metrics, pool: Pool) {
  const backlog = createBacklog(pool)
  metrics.gauge('peyk_outbox', async () => ({ ...(await backlog.outbox()) }))
  metrics.gauge('peyk_delivery_queue', () => backlog.queues())
  metrics.gauge('peyk_inbox', async () => ({ ...(await backlog.inbox()) }))
  metrics.gauge('peyk_database_connections', () => ({
    total: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  }))
}

const PRIVATE_HOST = /^(localhost|127\.|10\.|192\.168\.|\[::1\])/

/** Telegram itself reaches only a public address; a Bot API server of one's own reaches any. */
const isReachable = (env: Env, publicUrl: string) =>
  env.TELEGRAM_API_ROOT !== 'https://api.telegram.org' ||
  (env.PUBLIC_URL !== undefined && !PRIVATE_HOST.test(new URL(publicUrl).hostname))

const settingsOf = (env: Env, publicUrl: string): Settings => ({
  publicUrl,
  publicUrlIsPublic: isReachable(env, publicUrl),
  accessTtlMs: env.ACCESS_TTL_DAYS * DAY_MS,
  refreshTtlMs: env.REFRESH_TTL_DAYS * DAY_MS,
  externalSendWaitMs: env.EXTERNAL_SEND_WAIT_MS,
  allowRegistration: env.ALLOW_REGISTRATION,
  // Nobody but whoever started it reaches a fresh embedded database first; a server elsewhere may be found by anybody.
  firstAdministrator: env.DATABASE_URL ? 'brings_code' : 'registers',
  isInstagramReady: env.INSTAGRAM_APP_SECRET !== undefined && env.INSTAGRAM_VERIFY_TOKEN !== undefined,
  limits: {
    messagesPerMinute: env.MAX_MESSAGES_PER_MINUTE,
    consoleMessagesPerMinute: env.MAX_CONSOLE_MESSAGES_PER_MINUTE,
    keyMessagesPerMinute: env.MAX_KEY_MESSAGES_PER_MINUTE,
    connectionsPerUser: env.MAX_CONNECTIONS_PER_USER,
    consoleConnections: env.MAX_CONSOLE_CONNECTIONS,
    connectionsPerMinute: env.MAX_CONNECTIONS_PER_MINUTE,
    failedAuthAttempts: env.MAX_FAILED_AUTH_ATTEMPTS,
    blacklistHours: env.BLACKLIST_DURATION_HOURS,
    unauthenticatedPerAddress: env.MAX_UNAUTHENTICATED_PER_ADDRESS,
    isRateLimited: env.ENABLE_RATE_LIMITING,
    isSpamChecked: env.ENABLE_SPAM_DETECTION,
  },
})
