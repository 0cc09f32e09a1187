import * as http from 'node:http'
import * as https from 'node:https'
import type { Clock } from '../clock.ts'

/** What a POST to a webhook came to. `status` is null when there was no answer. */
export type WebhookOutcome = {
  status: number | null
  delivered: boolean
  error: string
  /** Whole seconds, 0 when not named. */
  retryAfter: number
  reply: string
}

export type WebhookRequest = {
  url: string
  secretToken: string
  body: string
  signal: AbortSignal
}

type PosterOptions = { clock: Clock; timeoutMs: number; maxReplyBytes: number }

const NETWORK_ERRORS = new Map([
  ['ECONNREFUSED', 'Connection refused'],
  ['ECONNRESET', 'Connection reset by peer'],
  ['ETIMEDOUT', 'Connection timed out'],
  ['EHOSTUNREACH', 'No route to host'],
  ['ENOTFOUND', 'Failed to resolve host: Name or service not known'],
])

/** Posts updates over connections that it keeps, until it is closed. */
export class WebhookPoster {
  readonly #options: PosterOptions
  readonly #plain = new http.Agent({ keepAlive: true })
  readonly #secure = new https.Agent({ keepAlive: true })

  constructor(options: PosterOptions) {
    this.#options = options
  }

  post(request: WebhookRequest): Promise<WebhookOutcome> {
    return new Promise((resolve) => {
      const outgoing = this.#open(request)
      const cancelTimeout = this.#options.clock.schedule(this.#options.timeoutMs, () => {
        outgoing.destroy(new Error('Read timeout expired'))
      })
      const finish = (outcome: WebhookOutcome) => {
        cancelTimeout()
        resolve(outcome)
      }
      outgoing.on('error', (error) => finish(failed(networkError(error))))
      outgoing.on('response', (response) => {
        this.#read(response).then(finish, (error: unknown) => finish(failed(networkError(error))))
      })
      outgoing.end(request.body)
    })
  }

  close(): void {
    this.#plain.destroy()
    this.#secure.destroy()
  }

  #open({ url, secretToken, body, signal }: WebhookRequest): http.ClientRequest {
    const headers: http.OutgoingHttpHeaders = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    if (secretToken !== '') headers['x-telegram-bot-api-secret-token'] = secretToken
    const options = { method: 'POST', headers, signal }
    if (url.toLowerCase().startsWith('https:')) {
      return https.request(new URL(url), { ...options, agent: this.#secure })
    }
    return http.request(new URL(url), { ...options, agent: this.#plain })
  }

  async #read(response: http.IncomingMessage): Promise<WebhookOutcome> {
    const reply = await readText(response, this.#options.maxReplyBytes)
    const status = response.statusCode ?? 0
    const delivered = status >= 200 && status <= 299
    const reason = `Wrong response from the webhook: ${status} ${response.statusMessage ?? ''}`.trimEnd()
    return {
      status,
      delivered,
      error: delivered ? '' : reason,
      retryAfter: readSeconds(response.headers['retry-after']),
      reply,
    }
  }
}

export function failed(error: string): WebhookOutcome {
  return { status: null, delivered: false, error, retryAfter: 0, reply: '' }
}

/** The body as text, or nothing when it is longer than anyone would need. */
async function readText(response: http.IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += (chunk as Buffer).length
    if (size <= maxBytes) chunks.push(chunk as Buffer)
  }
  return size > maxBytes ? '' : Buffer.concat(chunks).toString('utf8')
}

function readSeconds(header: string | undefined): number {
  return header !== undefined && /^\d+$/.test(header.trim()) ? Number(header) : 0
}

function networkError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return NETWORK_ERRORS.get(code) ?? (error instanceof Error ? error.message : 'Connection closed')
}
