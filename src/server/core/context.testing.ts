import { createAuthenticator } from '../adapters/auth/authenticator.ts'
import { createCipher } from '../adapters/auth/encryption.ts'
import { createPasswords } from '../adapters/auth/passwords.ts'
import { createTokens } from '../adapters/auth/tokens.ts'
import { createVisitorTokens } from '../adapters/auth/visitor-tokens.ts'
import { createMemoryFiles } from '../adapters/files/memory.ts'
import { createFetchMedia } from '../adapters/http/fetch-media.ts'
import { createMedia } from '../adapters/media/media.ts'
import { createMemoryBus } from '../adapters/memory/bus.ts'
import { createMemoryMetrics } from '../adapters/memory/metrics.ts'
import { createMemoryPace, withoutRate } from '../adapters/memory/pace.ts'
import { createMemoryPresence } from '../adapters/memory/presence.ts'
import { createMemoryRateLimiter } from '../adapters/memory/rate-limiter.ts'
import { createMemorySeals } from '../adapters/memory/seals.ts'
import { createMemoryBlockedIps } from '../adapters/memory/security.ts'
import { createMemorySlots } from '../adapters/memory/slots.ts'
import { createMemoryStores } from '../adapters/memory/stores.ts'
import { SessionWatch } from './accounts/session-watch.ts'
import type { Ctx, MemberCtx } from './context.ts'
import { LiveFeed } from './live/feed.ts'
import { createScriptedPlatform } from './platform.testing.ts'
import type { Limits, Settings } from './ports/settings.ts'
import type { Ids, Log } from './ports/system.ts'
import { OpenSockets } from './security/connections/open-sockets.ts'

const DAY = 86_400_000

/** The instant at which every test begins. */
export const BEGINNING = Date.parse('2026-01-01T00:00:00.000Z')

/** A clock that stands still until it is moved. */
export function createManualClock(now = BEGINNING) {
  let current = now
  const advance = (ms: number) => {
    current += ms
  }
  return { now: () => current, advance }
}

/** Ids that are the same in every run. */
export function createCountedIds(): Ids {
  let last = 0
  const next = (width: number) => String(++last).padStart(width, '0')
  return {
    short: () => `T${next(9)}`,
    uuid: () => `00000000-0000-4000-8000-${next(12)}`,
    code: () => next(24),
    secret: () => `secret-${next(36)}`,
  }
}

/** A log that says nothing and remembers what it was told. */
export function createQuietLog() {
  const sentences: { level: keyof Log; sentence: string }[] = []
  const at = (level: keyof Log) => (_: object, sentence: string) => void sentences.push({ level, sentence })
  return { info: at('info'), warn: at('warn'), error: at('error'), sentences }
}

/** No test reaches a limit by accident. */
export const NO_LIMITS: Limits = {
  messagesPerMinute: 1_000_000,
  consoleMessagesPerMinute: 1_000_000,
  keyMessagesPerMinute: 1_000_000,
  connectionsPerUser: 10_000,
  consoleConnections: 10_000,
  connectionsPerMinute: 1_000_000,
  failedAuthAttempts: 1_000_000,
  blacklistHours: 24,
  unauthenticatedPerAddress: 10_000,
  isRateLimited: true,
  isSpamChecked: false,
}

const SETTINGS: Settings = {
  publicUrl: 'https://peyk.test',
  publicUrlIsPublic: true,
  accessTtlMs: 7 * DAY,
  refreshTtlMs: 15 * DAY,
  externalSendWaitMs: 0,
  allowRegistration: true,
  firstAdministrator: 'registers',
  isInstagramReady: true,
  limits: NO_LIMITS,
}

/** Every port in memory, with a clock that the test moves and a platform that it scripts. `ctx` acts as the system. */
export function createTestCtx(settings: Partial<Settings> = {}) {
  const clock = createManualClock()
  const log = createQuietLog()
  const { state, ...stores } = createMemoryStores({ clock })
  const bus = createMemoryBus(log)
  const scripted = createScriptedPlatform()
  const metrics = createMemoryMetrics()
  const feed = new LiveFeed({ journal: stores.journal, bus, log })
  const node = { id: '00000000-0000-4000-8000-00000000000a', name: 'here' }
  const sockets = new OpenSockets({ ...stores, bus, clock, log }, node)
  const ctx: Ctx = {
    actor: { kind: 'system' },
    ...stores,
    seals: createMemorySeals(new Map(), createCipher('ab'.repeat(32))),
    blockedIps: createMemoryBlockedIps({ clock }),
    sessions: new SessionWatch({ accounts: stores.accounts, bus, log }),
    sockets,
    passwords: createPasswords(),
    authenticator: createAuthenticator(),
    tokens: createTokens('secret'),
    files: createMemoryFiles(),
    media: createMedia(),
    fetchMedia: createFetchMedia(),
    visitorTokens: createVisitorTokens('secret'),
    bus,
    presence: createMemoryPresence({ clock }),
    limiter: createMemoryRateLimiter({ clock }),
    // A clock that stands still would never give the next turn.
    pace: withoutRate(createMemoryPace({ clock })),
    slots: createMemorySlots({ clock }),
    feed,
    platforms: { telegram: scripted.platform },
    clock,
    ids: createCountedIds(),
    log,
    metrics,
    settings: { ...SETTINGS, ...settings },
  }
  return { ctx, clock, log, feed, sockets, platform: scripted, metrics, state }
}

/** A person with a workspace of their own, as the one who acts. */
export async function actAs(ctx: Ctx, username: string): Promise<MemberCtx> {
  const [firstName = '', email] = [username, `${username}@example.com`]
  const names = { username, firstName, lastName: '', locale: 'fa' as const, workspaceName: username }
  const epoch = ctx.ids.uuid()
  const user = await ctx.accounts.create({
    ...names,
    email,
    passwordHash: '',
    epoch,
    administers: 'if_first',
  })
  const session = { id: ctx.ids.uuid(), userId: user.id, expiresAt: ctx.clock.now() + DAY }
  await ctx.accounts.openSession({ ...session, kind: 'console', userAgent: '', address: '' })
  const owner = await ctx.accounts.owner(session.id)
  const workspaceId = owner?.workspaces[0]?.id ?? 0
  const { id: userId } = user
  const workspaces = owner?.workspaces ?? []
  return {
    ...ctx,
    actor: {
      kind: 'member',
      userId,
      name: username,
      sessionId: session.id,
      sessionKind: 'api' as const,
      isInstanceAdmin: user.isInstanceAdmin,
      workspaceId,
      workspaces,
    },
  }
}

/** A Telegram channel of the workspace in which the member works. */
export function openChannel(ctx: MemberCtx, apiRoot: string | null = null) {
  const externalId = ctx.ids.short()
  const bot = { source: 'telegram' as const, name: 'Shop', externalId, username: `bot_${externalId}` }
  const credentials = { token: `${externalId}:token`, webhookSecret: 'hook' }
  return ctx.channels.create({ ...bot, workspaceId: ctx.actor.workspaceId, apiRoot, credentials })
}

/** A conversation with a new customer, on a channel of its own unless one is given. */
export async function openConversation(ctx: MemberCtx, { channelId, from = ctx.ids.short() }: Opening = {}) {
  const { conversation } = await ctx.journal.append({
    kind: 'open',
    workspaceId: ctx.actor.workspaceId,
    channelId: channelId ?? (await openChannel(ctx)).id,
    source: 'telegram',
    sourceId: from,
    conversationId: ctx.ids.short(),
    firstName: `Kim ${from}`,
    lastName: null,
    username: null,
  })
  return conversation
}

interface Opening {
  channelId?: number
  from?: string
}
