/** The server's word on a token that is over, and on a page that may not: contract/close-codes.ts, without zod's weight. */
const UNPROVED = 4401
const REFUSED = 4403

const BASE_DELAY_MS = 1_000
const MAX_DELAY_MS = 30_000
/** A connection that lived this long starts the count of failures again. */
const STABLE_MS = 5_000
/** Silence after which we ask whether somebody is there, and how long the answer may take. */
const ASK_AFTER_MS = 25_000
const ANSWER_MS = 10_000

export type Frame = { type: string } & Record<string, unknown>
export type Phase = 'connecting' | 'open' | 'waiting' | 'refused'

interface Deps {
  /** Null while a token is asked for. */
  token(): string | null
  /** The token is no good: ask for another one, then call `wake`. */
  onUnproved(): void
  onFrame(frame: Frame): void
  onPhase(phase: Phase): void
  WebSocket?: typeof WebSocket
  random?: () => number
}

/** A socket that comes back: at once when the browser says that it is online, else after a growing, scattered while. */
export class Connection {
  private socket: WebSocket | null = null
  private failures = 0
  private openedAt = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private watch: ReturnType<typeof setTimeout> | undefined
  private isEnded = false

  constructor(
    private readonly url: string,
    private readonly deps: Deps,
  ) {}

  /** Connects now, if it is not connected. */
  wake() {
    clearTimeout(this.retry)
    const token = this.deps.token()
    if (this.isEnded || this.socket || !token) return
    this.deps.onPhase('connecting')
    const Socket = this.deps.WebSocket ?? WebSocket
    const socket = new Socket(`${this.url}?token=${encodeURIComponent(token)}`)
    this.socket = socket
    socket.onopen = () => {
      this.openedAt = Date.now()
    }
    socket.onmessage = ({ data }) => {
      this.listen()
      const frame = JSON.parse(String(data)) as Frame
      if (frame.type === 'welcome') this.deps.onPhase('open')
      if (frame.type !== 'pong') this.deps.onFrame(frame)
    }
    socket.onclose = ({ code }) => this.closed(socket, code)
    this.listen()
  }

  /** False where there is no connection: nothing is kept here. */
  send(frame: Frame): boolean {
    if (this.socket?.readyState !== 1) return false
    this.socket.send(JSON.stringify(frame))
    return true
  }

  cut() {
    const { socket } = this
    if (!socket) return
    socket.close()
    this.closed(socket, 1006)
  }

  end() {
    this.isEnded = true
    clearTimeout(this.retry)
    clearTimeout(this.watch)
    this.socket?.close()
  }

  private closed(socket: WebSocket, code: number) {
    if (this.socket !== socket) return
    this.socket = null
    clearTimeout(this.watch)
    if (this.isEnded) return
    if (code === REFUSED) return this.deps.onPhase('refused')
    this.deps.onPhase('waiting')
    if (code === UNPROVED) return this.deps.onUnproved()
    if (this.openedAt > 0 && Date.now() - this.openedAt > STABLE_MS) this.failures = 0
    this.openedAt = 0
    const random = this.deps.random ?? Math.random
    const delay = random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** Math.min(this.failures++, 10))
    this.retry = setTimeout(() => this.wake(), delay)
  }

  // A cut that no packet tells of: a phone that went from one network into another.
  private listen() {
    clearTimeout(this.watch)
    const { socket } = this
    this.watch = setTimeout(() => {
      this.send({ type: 'ping' })
      this.watch = setTimeout(() => {
        if (this.socket === socket) this.cut()
      }, ANSWER_MS)
    }, ASK_AFTER_MS)
  }
}
