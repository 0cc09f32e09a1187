import { expect } from '@playwright/test'
import { WebSocket } from 'ws'
import { z } from 'zod'

export const Frame = z.looseObject({ type: z.string().optional() })
export type Frame = z.infer<typeof Frame>

export const Placed = z.object({ id: z.string(), seq: z.number(), content: z.string() })
/** A message as far as its place is concerned. */
export type Placed = z.infer<typeof Placed>

/** A client of the raw protocol that keeps every frame it was sent. */
export class RawSocket {
  readonly frames: Frame[] = []
  closed: { code: number; reason: string } | null = null
  /** The status of the answer where the upgrade was refused. */
  refused: number | null = null
  readonly ws: WebSocket

  constructor(host: string, path: string, origin?: string) {
    this.ws = new WebSocket(`ws://${host}${path}`, origin === undefined ? {} : { origin })
    this.ws.on('message', (data) => this.frames.push(Frame.parse(JSON.parse(data.toString()))))
    this.ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
    })
    this.ws.on('unexpected-response', (_, response) => {
      this.refused = response.statusCode ?? 0
      this.ws.terminate()
    })
    this.ws.on('error', () => {})
  }

  /** One that has been let in and has its first frame. */
  static async open(host: string, path: string, origin?: string): Promise<RawSocket> {
    const socket = new RawSocket(host, path, origin)
    await socket.until(() => socket.frames.length > 0 || socket.closed !== null)
    expect(socket.closed, `${path.split('?')[0]} is open`).toBeNull()
    return socket
  }

  send(frame: unknown) {
    this.ws.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame))
  }

  of(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type)
  }

  /** The messages of the last `recent_messages`. */
  get history(): Placed[] {
    return z.array(Placed).parse(this.of('recent_messages').at(-1)?.messages ?? [])
  }

  /** The messages that came live, in the order in which they came. */
  get live(): Placed[] {
    return this.of('chat_message').map((frame) => Placed.parse(frame.message))
  }

  until(condition: () => boolean, timeout = 15_000): Promise<void> {
    return expect.poll(condition, { timeout, intervals: [10, 20, 50] }).toBe(true)
  }

  /** Waits for the next frame of this type after `count` of them have come. */
  async next(type: string, count = this.of(type).length): Promise<Frame> {
    await this.until(() => this.of(type).length > count)
    return this.of(type)[count] ?? {}
  }

  /** Sends a frame and waits for an answer of this type. */
  ask(frame: unknown, type: string): Promise<Frame> {
    const count = this.of(type).length
    this.send(frame)
    return this.next(type, count)
  }

  /**
   * Asks for a list. A push of before may come between: the answer is the last one once a ping behind the question is
   * answered, or a newer push of the same view.
   */
  async askList(frame: unknown, type: string): Promise<Frame> {
    this.send(frame)
    await this.ask({ type: 'ping' }, 'pong')
    return this.of(type).at(-1) ?? {}
  }

  close() {
    this.ws.terminate()
  }
}

export const chatPath = (conversationId: string, token: string) =>
  `/ws/chat/${conversationId}/?token=${encodeURIComponent(token)}`

export const listPath = (token: string) => `/ws/conversations/?token=${encodeURIComponent(token)}`
