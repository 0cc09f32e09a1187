/** Every buffer, map and page of the emulator has its bound here. */
export const DEFAULT_LIMITS = {
  maxAccounts: 1_000,
  maxTokensPerAccount: 20,
  maxCustomers: 100_000,
  maxThreadsPerAccount: 100_000,
  maxMessagesPerThread: 1_000,
  maxEventsPerThread: 1_000,
  maxPendingDeliveries: 100_000,
  maxRecentDeliveries: 1_000,
  maxConnections: 100,
  maxCopies: 100,
  maxBatch: 1_000,
  maxCalls: 10_000,
  maxLoggedValueLength: 8_192,
  maxFaults: 1_000,
  maxStreams: 200,
  maxStreamBufferBytes: 1_048_576,
  maxRequestBytes: 1_048_576,
  maxWebhookReplyBytes: 65_536,
  maxUploads: 1_000,
  maxAssets: 10_000,
  maxMediaBytes: 26_214_400,
  maxPageSize: 1_000,
}

export type EmulatorLimits = typeof DEFAULT_LIMITS
