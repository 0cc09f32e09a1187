import { createWSClient, type TRPCWebSocketClient } from '@trpc/client'
import { CONSOLE_ENDED } from '../../server/contract/close-codes.ts'
import { Backoff } from './backoff.ts'
import { impatientWebSocket } from './impatient-web-socket.ts'
import { Store } from './store.ts'

/** What the person should know about the way to the server. `since`: when the connection was lost. */
interface ConnectionState {
  phase: 'connecting' | 'open' | 'lost'
  failures: number
  since: number | null
}

const PING_INTERVAL_MS = 10_000
const PONG_TIMEOUT_MS = 8_000
const WAKE_PONG_TIMEOUT_MS = 4_000
/** The server's word that the session is over; contract of `/trpc` sockets. */
const SESSION_ENDED = 4401
/** The person is no longer what they were in a workspace; the connection comes back by itself. */
const RIGHTS_CHANGED = 4403

interface Options {
  url: string
  onOpen: () => void
  onSessionEnded: () => void
  onRightsChanged: () => void
  /** Asked after failures that never opened: a socket that is refused does not say why. */
  probeSession: () => void
}

/** One WebSocket for the whole console, kept up for as long as the page lives. */
export class LiveConnection {
  readonly state = new Store<ConnectionState>({ phase: 'connecting', failures: 0, since: null })
  /** How often an administrator has closed it. */
  readonly kicks = new Store(0)
  readonly client: TRPCWebSocketClient
  readonly #backoff = new Backoff()
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
    this.client = createWSClient({
      // tRPC's own retry delay cannot be cut short, so the waiting is done here, before each address is given.
      url: () => this.#backoff.turn().then(() => options.url),
      retryDelayMs: () => 0,
      WebSocket: impatientWebSocket(WebSocket),
      keepAlive: { enabled: true, intervalMs: PING_INTERVAL_MS, pongTimeoutMs: PONG_TIMEOUT_MS },
      onOpen: () => this.#opened(),
      onClose: (cause) => this.#closed(cause?.code),
    })
  }

  /** Watches for moments at which waiting makes no sense. Returns the end of the watch. */
  start(): () => void {
    const onOnline = () => this.#check()
    const onVisible = () => document.visibilityState === 'visible' && this.#check()
    const onOffline = () => this.#lost()
    window.addEventListener('online', onOnline)
    window.addEventListener('offline', onOffline)
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      window.removeEventListener('online', onOnline)
      window.removeEventListener('offline', onOffline)
      document.removeEventListener('visibilitychange', onVisible)
      void this.client.close()
      this.#backoff.wake()
    }
  }

  retryNow = (): void => this.#backoff.wake()

  // After sleep, or a change of network, a dead socket still says that it is open; a ping without an answer tells.
  #check(): void {
    this.#backoff.wake()
    const connection = this.client.connection
    if (connection?.state !== 'open') return
    const { ws } = connection
    const timer = setTimeout(() => ws.close(), WAKE_PONG_TIMEOUT_MS)
    const onAnswer = () => {
      clearTimeout(timer)
      if (this.state.get().phase !== 'open') this.#opened()
    }
    ws.addEventListener('message', onAnswer, { once: true })
    ws.send('PING')
  }

  #opened(): void {
    this.#backoff.opened()
    this.state.set(() => ({ phase: 'open', failures: 0, since: null }))
    this.#options.onOpen()
  }

  #closed(code: number | undefined): void {
    this.#lost()
    if (code === CONSOLE_ENDED) this.kicks.set((count) => count + 1)
    if (code === SESSION_ENDED) this.#options.onSessionEnded()
    else if (code === RIGHTS_CHANGED) this.#options.onRightsChanged()
    else if (this.#backoff.failures >= 1) this.#options.probeSession()
  }

  #lost(): void {
    this.state.set(({ since }) => ({
      phase: 'lost',
      failures: this.#backoff.failures,
      since: since ?? Date.now(),
    }))
  }
}
