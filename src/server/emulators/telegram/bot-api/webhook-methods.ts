import type { WebhookInfo } from '@grammyjs/types'
import { unixSeconds } from '../unix-seconds.ts'
import { DEFAULT_KINDS, readAllowedUpdates, type UpdateKind } from '../updates/update-kinds.ts'
import type { UpdateRouter } from '../updates/update-router.ts'
import { sameConfig, type WebhookConfig } from '../updates/webhook.ts'
import { badRequest, tooManyRequests } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import type { Params } from './params.ts'

const DEFAULT_CONNECTIONS = 40
const MAX_CONNECTIONS = 100
const MAX_SECRET_LENGTH = 256
const SET_WEBHOOK_INTERVAL_MS = 1_000

export const setWebhook: Method = { name: 'setWebhook', run: set }
export const deleteWebhook: Method = { name: 'deleteWebhook', run: clear }
export const getWebhookInfo: Method = { name: 'getWebhookInfo', run: describe }

function set(call: Call): Answer {
  const { params } = call
  const { updates } = call.bot
  if (params.text('url') === '') return clear(call)
  slowDown(call)
  const config = readConfig(params)
  const drop = params.flag('drop_pending_updates')
  const unchanged = updates.webhook !== null && sameConfig(updates.webhook, config) && !drop
  if (unchanged) {
    allow(updates, params)
    return { result: true, description: 'Webhook is already set' }
  }
  // Telegram takes the old webhook away before it looks at the new one: a refusal leaves none.
  updates.clearWebhook()
  if (drop) updates.queue.clear()
  checkConfig(config)
  allow(updates, params)
  updates.poll.end('terminated by setWebhook request')
  updates.setWebhook(config)
  return { result: true, description: 'Webhook was set' }
}

function clear({ bot: { updates }, params }: Call): Answer {
  const had = updates.webhook !== null
  updates.clearWebhook()
  if (params.flag('drop_pending_updates')) updates.queue.clear()
  return { result: true, description: had ? 'Webhook was deleted' : 'Webhook is already deleted' }
}

function describe({ bot: { updates } }: Call): Answer {
  const { webhook, allowed } = updates
  const result: WebhookInfo = {
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: updates.queue.size(),
    ...(webhook === null ? {} : { max_connections: webhook.maxConnections }),
    ...(webhook?.ipAddress ? { ip_address: webhook.ipAddress } : {}),
    ...(webhook?.lastErrorDateMs ? { last_error_date: unixSeconds(webhook.lastErrorDateMs) } : {}),
    ...(webhook?.lastErrorMessage ? { last_error_message: webhook.lastErrorMessage } : {}),
    ...(allowed === DEFAULT_KINDS ? {} : { allowed_updates: kindNames(allowed) }),
  }
  return { result }
}

function slowDown({ world, bot: { updates } }: Call): void {
  const now = world.surroundings.clock.now()
  if (now < updates.nextSetWebhookMs) throw tooManyRequests(1)
  updates.nextSetWebhookMs = now + SET_WEBHOOK_INTERVAL_MS
}

function readConfig(params: Params): WebhookConfig {
  return {
    url: params.text('url'),
    secretToken: params.text('secret_token'),
    maxConnections: params.integer('max_connections', DEFAULT_CONNECTIONS, [1, MAX_CONNECTIONS]),
    ipAddress: params.text('ip_address'),
  }
}

// Like a self-hosted Bot API server, this one takes http and any port: its webhooks are on this machine.
function checkConfig({ url, secretToken }: WebhookConfig): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : ''
  if (protocol !== 'http:' && protocol !== 'https:') throw badRequest('invalid webhook URL specified')
  if (secretToken.length > MAX_SECRET_LENGTH) throw badRequest('secret token is too long')
  if (!/^[A-Za-z0-9_-]*$/.test(secretToken)) throw badRequest('secret token contains unallowed characters')
}

function allow(updates: UpdateRouter, params: Params): void {
  updates.allowed = readAllowedUpdates(params.text('allowed_updates')) ?? updates.allowed
}

/** Only known kinds are ever allowed. */
function kindNames(allowed: ReadonlySet<string>): UpdateKind[] {
  return [...allowed] as UpdateKind[]
}
