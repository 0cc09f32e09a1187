export interface Limits {
  messagesPerMinute: number
  consoleMessagesPerMinute: number
  keyMessagesPerMinute: number
  connectionsPerUser: number
  consoleConnections: number
  connectionsPerMinute: number
  failedAuthAttempts: number
  blacklistHours: number
  unauthenticatedPerAddress: number
  isRateLimited: boolean
  isSpamChecked: boolean
}

export interface Settings {
  publicUrl: string
  publicUrlIsPublic: boolean
  accessTtlMs: number
  refreshTtlMs: number
  externalSendWaitMs: number
  allowRegistration: boolean
  /** Who administers an instance that has no account yet: whoever registers first, or whoever brings a setup code. */
  firstAdministrator: 'registers' | 'brings_code'
  /** Whether Instagram's events can be believed: the application's secret and the verify token are set. */
  isInstagramReady: boolean
  limits: Limits
}
