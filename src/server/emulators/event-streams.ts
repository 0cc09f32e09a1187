import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from './clock.ts'
import { ControlError } from './control-error.ts'
import type { EventHistory, PlacedEvent } from './event-history.ts'

type StreamLimits = { maxStreams: number; maxStreamBufferBytes: number }
type StreamOptions = { clock: Clock; limits: StreamLimits; heartbeatMs: number }

/** The Server-Sent Events streams that are open. */
export class EventStreams {
  readonly #options: StreamOptions
  readonly #open = new Set<ServerResponse>()

  constructor(options: StreamOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#open.size
  }

  /** Streams the changes from the reader's position on until it goes. */
  start<Event>(
    history: EventHistory<Event>,
    { request, response }: { request: IncomingMessage; response: ServerResponse },
  ): void {
    const { limits } = this.#options
    if (this.#open.size >= limits.maxStreams) {
      throw new ControlError(503, 'too_many_streams', 'too many streams are open')
    }
    this.#open.add(response)
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const { 'last-event-id': lastId } = request.headers
    const from = typeof lastId === 'string' ? lastId : null
    const unsubscribe = history.subscribe(from, (placed) => this.#write(response, frame(placed)))
    const stopHeartbeat = this.#heartbeat(response)
    response.once('close', () => {
      unsubscribe()
      stopHeartbeat()
      this.#open.delete(response)
    })
  }

  /** Ends every stream after what it was told last. */
  endAll(): void {
    for (const response of this.#open) response.end()
  }

  // A reader that does not read is cut off and resumes by position: nothing piles up for it here.
  #write(response: ServerResponse, text: string): void {
    if (response.destroyed) return
    response.write(text)
    if (response.writableLength > this.#options.limits.maxStreamBufferBytes) response.destroy()
  }

  #heartbeat(response: ServerResponse): () => void {
    const { clock, heartbeatMs } = this.#options
    let cancel = () => {}
    const beat = () => {
      this.#write(response, ': heartbeat\n\n')
      cancel = clock.schedule(heartbeatMs, beat)
    }
    cancel = clock.schedule(heartbeatMs, beat)
    return () => cancel()
  }
}

function frame({ id, event }: PlacedEvent<unknown>): string {
  const position = id === null ? '' : `id: ${id}\n`
  return `${position}data: ${JSON.stringify(event)}\n\n`
}
