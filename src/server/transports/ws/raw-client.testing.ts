import { WebSocket } from 'ws'
import { expectFrame } from '../../contract/expect-contract.testing.ts'

export type ServerFrame = Record<string, unknown> & { type: string }

const PATIENCE_MS = 5_000

interface Waiter {
  isMet(): boolean
  resolve(): void
}

/** A client of the raw protocol that keeps every frame, each checked against the contract as it comes. */
export class RawClient {
  readonly frames: ServerFrame[] = []
  closed: { code: number; reason: string } | null = null
  private readonly ws: WebSocket
  private readonly taken = new Set<ServerFrame>()
  private readonly waiters = new Set<Waiter>()
  private broken: unknown
  private pings = 0

  constructor(
    port: number,
    private readonly path: string,
  ) {
    this.ws = new WebSocket(`ws://127.0.0.1:${port}${path}`)
    this.ws.on('message', (data) => this.take(JSON.parse(data.toString())))
    this.ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      this.wake()
    })
    this.ws.on('error', () => {})
  }

  /** One that has its first frame, `frames[0]`. */
  static async open(port: number, path: string): Promise<RawClient> {
    const client = new RawClient(port, path)
    await client.until(() => client.frames.length > 0, 'the first frame')
    for (const frame of client.frames.slice(0, 1)) client.taken.add(frame)
    return client
  }

  whenOpen(): Promise<unknown> {
    return new Promise((resolve) => this.ws.once('open', resolve))
  }

  /** Text and bytes go out as they are. */
  send(frame: unknown) {
    if ((frame as { type?: unknown } | null)?.type === 'ping') this.pings++
    this.ws.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame))
  }

  /** Bytes as a text frame, whatever they are. */
  sendText(bytes: Buffer) {
    this.ws.send(bytes, { binary: false })
  }

  of(type: string): ServerFrame[] {
    return this.frames.filter((frame) => frame.type === type)
  }

  /** The first frame of the type that was not taken before, now or as soon as it comes. */
  async next(type: string): Promise<ServerFrame> {
    const find = () => this.frames.find((frame) => frame.type === type && !this.taken.has(frame))
    await this.until(() => find() !== undefined, type)
    const frame = find()
    if (!frame) throw new Error(`No ${type}`)
    this.taken.add(frame)
    return frame
  }

  async ask(frame: unknown, type: string): Promise<ServerFrame> {
    this.send(frame)
    return this.next(type)
  }

  /** Everything that was sent so far has been handled afterwards. */
  async flush(): Promise<void> {
    this.send({ type: 'ping' })
    const { pings } = this
    await this.until(() => this.of('pong').length >= pings, 'the pong')
  }

  async until(isMet: () => boolean, what: string): Promise<void> {
    if (!isMet())
      await new Promise<void>((resolve, reject) => {
        const waiter = { isMet, resolve }
        this.waiters.add(waiter)
        const timer = setTimeout(
          () => reject(new Error(`Waited in vain for ${what}: ${this.story()}`)),
          PATIENCE_MS,
        )
        waiter.resolve = () => {
          clearTimeout(timer)
          this.waiters.delete(waiter)
          resolve()
        }
      })
    if (this.broken) throw this.broken
    if (!isMet()) throw new Error(`Closed before ${what}: ${this.story()}`)
  }

  async whenClosed(): Promise<{ code: number; reason: string } | null> {
    await this.until(() => this.closed !== null, 'the close')
    return this.closed
  }

  /** Stops reading, as a phone in a tunnel does. */
  pause() {
    this.ws.pause()
  }

  resume() {
    this.ws.resume()
  }

  async close(): Promise<void> {
    this.ws.close()
    await this.whenClosed()
  }

  private take(frame: ServerFrame) {
    this.frames.push(frame)
    try {
      expectFrame(this.path, frame)
    } catch (error) {
      this.broken ??= error
    }
    this.wake()
  }

  private wake() {
    for (const waiter of [...this.waiters]) if (this.closed || this.broken || waiter.isMet()) waiter.resolve()
  }

  private story() {
    return JSON.stringify({ closed: this.closed, last: this.frames.slice(-5) }).slice(0, 1_500)
  }
}
