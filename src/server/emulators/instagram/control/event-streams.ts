import type { ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { EmulatorLimits } from '../limits.ts'
import type { Thread } from '../world/thread.ts'
import type { PlacedEvent } from '../world/thread-events.ts'
import { ControlError } from './control-error.ts'

type StreamOptions = { clock: Clock; limits: EmulatorLimits; heartbeatMs: number }

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

  /** Streams the thread's changes from the position `lastId` on until the reader goes. */
  start(thread: Thread, response: ServerResponse, lastId: string | null): void {
    const { limits } = this.#options
    if (this.#open.size >= limits.maxStreams) {
      throw new ControlError(503, 'too_many_streams', 'too many streams are open')
    }
    this.#open.add(response)
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const unsubscribe = thread.events.subscribe(lastId, (placed) => this.#write(response, frame(placed)))
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

function frame({ id, event }: PlacedEvent): string {
  const position = id === null ? '' : `id: ${id}\n`
  return `${position}data: ${JSON.stringify(event)}\n\n`
}
