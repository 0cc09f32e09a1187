/** Every buffer, map and page of the emulator has its bound here. */
export const DEFAULT_LIMITS = {
  maxBots: 1_000,
  maxUsers: 100_000,
  maxChatsPerBot: 100_000,
  maxMessagesPerChat: 1_000,
  maxEventsPerChat: 1_000,
  /** Telegram's own update queue holds this many for one bot. */
  maxPendingUpdates: 100_000,
  maxRecentUpdates: 1_000,
  maxCalls: 10_000,
  maxLoggedValueLength: 8_192,
  maxFaults: 1_000,
  maxCopies: 100,
  maxStreams: 200,
  maxStreamBufferBytes: 1_048_576,
  maxRequestBytes: 1_048_576,
  maxFiles: 10_000,
  /** All files together; the oldest go. */
  maxFilesBytes: 268_435_456,
  /** Telegram's bound for what bots upload. */
  maxUploadBytes: 52_428_800,
  maxWebhookReplyBytes: 65_536,
  maxFloodBuckets: 100_000,
  maxPageSize: 1_000,
}

export type EmulatorLimits = typeof DEFAULT_LIMITS
