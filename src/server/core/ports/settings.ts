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
  limits: Limits
}
