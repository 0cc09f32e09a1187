import { randomUUID } from 'node:crypto'
import os from 'node:os'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { createAuthenticator } from './adapters/auth/authenticator.ts'
import { createCipher } from './adapters/auth/encryption.ts'
import { createIds } from './adapters/auth/ids.ts'
import { createPasswords } from './adapters/auth/passwords.ts'
import { createTokens } from './adapters/auth/tokens.ts'
import { createVisitorTokens } from './adapters/auth/visitor-tokens.ts'
import { createLocalFiles } from './adapters/files/local.ts'
import { createFetchMedia } from './adapters/http/fetch-media.ts'
import { createMedia } from './adapters/media/media.ts'
import { createMemoryBus } from './adapters/memory/bus.ts'
import { createNoMetrics } from './adapters/memory/metrics.ts'
import { withoutRate } from './adapters/memory/pace.ts'
import { createMemoryPresence } from './adapters/memory/presence.ts'
import { PrismaClient } from './adapters/prisma/generated/client.ts'
import { createSeals } from './adapters/prisma/seals.ts'
import { createSecurityLog } from './adapters/prisma/security-log.ts'
import { createPromMetrics } from './adapters/prom/metrics.ts'
import { createRedisBus } from './adapters/redis/bus.ts'
import { createRedisPresence } from './adapters/redis/presence.ts'
import { openLimits } from './container/limits.ts'
import { measureDatabase } from './container/measure-database.ts'
import { createPlatforms, instagramAppOf } from './container/platforms.ts'
import { settingsOf } from './container/settings.ts'
import { openStores } from './container/stores.ts'
import { createWorkers } from './container/workers.ts'
import { SessionWatch } from './core/accounts/session-watch.ts'
import type { Ctx } from './core/context.ts'
import { LiveFeed } from './core/live/feed.ts'
import { OpenSockets } from './core/security/connections/open-sockets.ts'
import { Doors } from './core/security/doors.ts'
import { FloodGuard } from './core/security/flood.ts'
import { meterLimiter, meterSecurity, meterSlots } from './core/security/metered.ts'
import { openSetup } from './core/setup/open-setup.ts'
import { openDatabase } from './database.ts'
import type { Env } from './env.ts'
import { createLog } from './log.ts'
import { endRotation, requireReadable } from './rotation.ts'
import { openSecrets } from './secrets.ts'

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
  const { pool, isEmbedded } = database
  const secrets = await openSecrets(env, isEmbedded)
  const cipher = createCipher(secrets.keys)
  const seals = createSeals(pool, cipher)
  await requireReadable(seals, database)
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: TRANSACTIONS })
  const clock = { now: Date.now }
  const prom = env.METRICS_PORT === undefined ? null : createPromMetrics()
  const metrics = prom ?? createNoMetrics()
  measureDatabase(metrics, pool)
  const line = openLine(env, log)
  const limits = openLimits(env.REDIS_URL, log)
  const stores = openStores({ prisma, pool, cipher, bus: line.bus, clock, log })
  const { journal, accounts, connections, blockedIps } = stores
  const feed = new LiveFeed({ journal, bus: line.bus, log })
  const sessions = new SessionWatch({ accounts, bus: line.bus, log })
  const sockets = new OpenSockets({ connections, bus: line.bus, clock, log }, nodeOf())
  const securityLog = createSecurityLog(pool, log)
  const security = new FloodGuard(meterSecurity(securityLog, metrics))
  const dataDir = path.resolve(env.DATA_DIR)
  const fetchMedia = createFetchMedia()
  const instagramApp = instagramAppOf(env)
  const ctx: Ctx = {
    ...stores,
    actor: { kind: 'system' },
    seals,
    security,
    sessions,
    sockets,
    feed,
    bus: line.bus,
    presence: line.presence,
    limiter: meterLimiter(limits.limiter, metrics),
    slots: meterSlots(limits.slots, metrics),
    pace: env.ENABLE_DELIVERY_PACE ? limits.pace : withoutRate(limits.pace),
    platforms: createPlatforms(env, { app: instagramApp, fetchMedia }),
    passwords: createPasswords(),
    authenticator: createAuthenticator(),
    tokens: createTokens(secrets.jwt),
    visitorTokens: createVisitorTokens(secrets.jwt),
    files: createLocalFiles(path.join(dataDir, 'files')),
    media: createMedia(),
    fetchMedia,
    clock,
    ids: createIds(),
    log,
    metrics,
    settings: settingsOf(env, publicUrl),
  }
  const doors = new Doors(ctx)
  const { inbound, ...workers } = createWorkers(ctx, { pool, eventDays: env.EVENT_RETENTION_DAYS })
  return {
    ctx,
    log,
    prisma,
    secrets,
    instagramApp,
    isEmbedded,
    dataDir,
    inbound,
    /** Null where nothing is measured. */
    readMetrics: prom && (() => prom.text()),
    isReady: async () => (await pool.query('SELECT 1')).rowCount === 1,
    doors,
    openSetup: () => openSetup(ctx),
    async start() {
      await endRotation(env, { ctx, isEmbedded, dataDir })
      await doors.start()
      feed.start()
      sessions.start()
      sockets.start()
      workers.start()
    },
    async close() {
      await workers.close()
      sessions.close()
      await sockets.close()
      doors.close()
      await blockedIps.close()
      security.flush()
      await securityLog.close()
      feed.close()
      limits.close()
      await line.close()
      await prisma.$disconnect()
      await database.close()
    },
  }
}

export type Container = Awaited<ReturnType<typeof openContainer>>

/** A name by which people find the process; the id is of this very start. */
const nodeOf = () => ({ id: randomUUID(), name: `${os.hostname()}/${process.pid}` })

/** What nodes tell each other: by Redis where there is one, and else this is the only node. */
function openLine({ REDIS_URL }: Env, log: ReturnType<typeof createLog>) {
  if (!REDIS_URL) {
    const bus = createMemoryBus(log)
    return { bus, presence: createMemoryPresence(), close: () => bus.close() }
  }
  const [bus, presence] = [createRedisBus(REDIS_URL, log), createRedisPresence(REDIS_URL, log)]
  const close = () => {
    presence.close()
    return bus.close()
  }
  return { bus, presence, close }
}
