import type { Settings } from '../core/ports/settings.ts'
import type { Env } from '../env.ts'

const DAY_MS = 86_400_000
const PRIVATE_HOST = /^(localhost|127\.|10\.|192\.168\.|\[::1\])/

/** Telegram itself reaches only a public address; a Bot API server of one's own reaches any. */
const isReachable = (env: Env, publicUrl: string) =>
  env.TELEGRAM_API_ROOT !== 'https://api.telegram.org' ||
  (env.PUBLIC_URL !== undefined && !PRIVATE_HOST.test(new URL(publicUrl).hostname))

/** What the core is told of the environment. */
export const settingsOf = (env: Env, publicUrl: string): Settings => ({
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
