/** A bot's webhook as `setWebhook` made it, and how it has been doing. */
export type Webhook = {
  url: string
  secretToken: string
  maxConnections: number
  ipAddress: string
  lastErrorDateMs: number | null
  lastErrorMessage: string | null
  /** Since when every answer has been 410, or null. */
  goneSinceMs: number | null
}

export type WebhookConfig = Pick<Webhook, 'url' | 'secretToken' | 'maxConnections' | 'ipAddress'>

export function newWebhook(config: WebhookConfig): Webhook {
  return { ...config, lastErrorDateMs: null, lastErrorMessage: null, goneSinceMs: null }
}

export function sameConfig(a: WebhookConfig, b: WebhookConfig): boolean {
  return (
    a.url === b.url &&
    a.secretToken === b.secretToken &&
    a.maxConnections === b.maxConnections &&
    a.ipAddress === b.ipAddress
  )
}
