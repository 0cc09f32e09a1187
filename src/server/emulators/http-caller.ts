import * as http from 'node:http'
import * as https from 'node:https'
import type { Clock } from './clock.ts'

type Asked = {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body: string
  signal?: AbortSignal
}

/** `body` is nothing when it is longer than anyone would need. */
export type Answer = { status: number; statusText: string; headers: http.IncomingHttpHeaders; body: string }

type CallerOptions = { clock: Clock; timeoutMs: number; maxReplyBytes: number }

/** Calls webhooks over connections that it keeps, until it is closed. */
export class HttpCaller {
  readonly #options: CallerOptions
  readonly #plain = new http.Agent({ keepAlive: true })
  readonly #secure = new https.Agent({ keepAlive: true })

  constructor(options: CallerOptions) {
    this.#options = options
  }

  /** Rejects with what broke the connection, also when the answer did not come in time. */
  async ask(asked: Asked): Promise<Answer> {
    const outgoing = this.#open(asked)
    const cancelTimeout = this.#options.clock.schedule(this.#options.timeoutMs, () => {
      outgoing.destroy(new Error('Read timeout expired'))
    })
    try {
      return await new Promise((resolve, reject) => {
        outgoing.on('error', reject)
        outgoing.on('response', (response) => {
          readAnswer(response, this.#options.maxReplyBytes).then(resolve, reject)
        })
        outgoing.end(asked.body)
      })
    } finally {
      cancelTimeout()
    }
  }

  close(): void {
    this.#plain.destroy()
    this.#secure.destroy()
  }

  #open({ method, url, headers, body, signal }: Asked): http.ClientRequest {
    const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {}
    const options = { method, headers: { ...headers, ...length }, signal }
    const isSecure = url.toLowerCase().startsWith('https:')
    if (isSecure) return https.request(new URL(url), { ...options, agent: this.#secure })
    return http.request(new URL(url), { ...options, agent: this.#plain })
  }
}

async function readAnswer(response: http.IncomingMessage, maxBytes: number): Promise<Answer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += (chunk as Buffer).length
    if (size <= maxBytes) chunks.push(chunk as Buffer)
  }
  const { statusCode = 0, statusMessage = '', headers } = response
  const body = size > maxBytes ? '' : Buffer.concat(chunks).toString('utf8')
  return { status: statusCode, statusText: statusMessage, headers, body }
}
