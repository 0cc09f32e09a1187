import type { Answer, HttpCaller } from '../../http-caller.ts'

/** What a POST to a webhook came to. `status` is null when there was no answer. */
export type WebhookOutcome = {
  status: number | null
  delivered: boolean
  error: string
  /** Whole seconds, 0 when not named. */
  retryAfter: number
  reply: string
}

type WebhookRequest = { url: string; secretToken: string; body: string; signal: AbortSignal }

const NETWORK_ERRORS = new Map([
  ['ECONNREFUSED', 'Connection refused'],
  ['ECONNRESET', 'Connection reset by peer'],
  ['ETIMEDOUT', 'Connection timed out'],
  ['EHOSTUNREACH', 'No route to host'],
  ['ENOTFOUND', 'Failed to resolve host: Name or service not known'],
])

/** Posts an update, and tells of the outcome in Telegram's words. */
export function postUpdate(
  caller: HttpCaller,
  { url, secretToken, body, signal }: WebhookRequest,
): Promise<WebhookOutcome> {
  const secret: Record<string, string> =
    secretToken === '' ? {} : { 'x-telegram-bot-api-secret-token': secretToken }
  const headers = { 'content-type': 'application/json', ...secret }
  return caller
    .ask({ method: 'POST', url, headers, body, signal })
    .then(outcomeOf, (error: unknown) => failed(networkError(error)))
}

export function failed(error: string): WebhookOutcome {
  return { status: null, delivered: false, error, retryAfter: 0, reply: '' }
}

function outcomeOf({ status, statusText, headers, body }: Answer): WebhookOutcome {
  const delivered = status >= 200 && status <= 299
  const reason = `Wrong response from the webhook: ${status} ${statusText}`.trimEnd()
  const retryAfter = readSeconds(headers['retry-after'])
  return { status, delivered, error: delivered ? '' : reason, retryAfter, reply: body }
}

function readSeconds(header: string | undefined): number {
  return header !== undefined && /^\d+$/.test(header.trim()) ? Number(header) : 0
}

function networkError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return NETWORK_ERRORS.get(code) ?? (error instanceof Error ? error.message : 'Connection closed')
}
