import * as http from 'node:http'
import * as https from 'node:https'
import type { Clock } from '../clock.ts'

/** What a request to the callback came to. `status` is null when there was no answer. */
export type Outcome = { status: number | null; error: string; reply: string }

type Asked = {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body: string
  signal?: AbortSignal
}
type PosterOptions = { clock: Clock; timeoutMs: number; maxReplyBytes: number }

/** Calls the callback over connections that it keeps, until it is closed. */
export class Poster {
  readonly #options: PosterOptions
  readonly #plain = new http.Agent({ keepAlive: true })
  readonly #secure = new https.Agent({ keepAlive: true })

  constructor(options: PosterOptions) {
    this.#options = options
  }

  ask(asked: Asked): Promise<Outcome> {
    return new Promise((resolve) => {
      const outgoing = this.#open(asked)
      const cancelTimeout = this.#options.clock.schedule(this.#options.timeoutMs, () => {
        outgoing.destroy(new Error('Read timeout expired'))
      })
      const finish = (outcome: Outcome) => {
        cancelTimeout()
        resolve(outcome)
      }
      outgoing.on('error', (error) => finish(failed(error)))
      outgoing.on('response', (response) => {
        readReply(response, this.#options.maxReplyBytes).then(finish, (error) => finish(failed(error)))
      })
      outgoing.end(asked.body)
    })
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

async function readReply(response: http.IncomingMessage, maxBytes: number): Promise<Outcome> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += (chunk as Buffer).length
    if (size <= maxBytes) chunks.push(chunk as Buffer)
  }
  const status = response.statusCode ?? 0
  const error = status === 200 ? '' : `The callback answered ${status}`
  return { status, error, reply: size > maxBytes ? '' : Buffer.concat(chunks).toString('utf8') }
}

function failed(error: unknown): Outcome {
  return { status: null, error: error instanceof Error ? error.message : 'Connection closed', reply: '' }
}
