import type { LiveEvent, LiveItem } from '../../server/contract/event.ts'
import { isOfSpam } from '../../server/contract/held-events.ts'
import type { Message } from '../../server/contract/message.ts'
import { unknownConversation } from './apply-event.ts'
import type { Loader } from './loader.ts'
import { applySignal, expireTyping, noSignals, type Signals } from './signals.ts'
import { Store } from './store.ts'
import type { Client } from './trpc.ts'

interface Subscription {
  unsubscribe(): void
}

/** Events that come faster than this are applied together, so that a flood costs one rendering a frame. */
const FRAME_MS = 16
const COUNTS_REFRESH_MS = 3_000
const SPAM_REFRESH_MS = 300
const RESUBSCRIBE_MS = 2_000
const MEET_ATTEMPTS = 6
const EXPIRY_TICK_MS = 1_000

interface Options {
  client: Client
  loader: Loader
  /** The log was cut off behind us: every snapshot must be read again before the feed may go on. */
  onReset: () => Promise<string | null>
  /** What this browser keeps of these conversations by itself must go too. */
  onErased: (conversationIds: readonly string[]) => void
}

/** The workspace's durable events and its passing signals, from the place at which the first snapshot was true. */
export class Feed {
  readonly signals = new Store<Signals>(noSignals)
  /** Messages of customers that came with the feed; the banner counts by it what was missed. */
  readonly received = new Store<number>(0)
  /** The customer's message that came last with the feed. */
  readonly arrived = new Store<Message | null>(null)
  /** Goes up when what is held as spam may have changed, a few times a second at most. */
  readonly spamChanges = new Store<number>(0)
  readonly #options: Options
  #position = ''
  #events: Subscription | null = null
  #signals: Subscription | null = null
  #queue: LiveEvent[] = []
  #lastFlush = 0
  #closed = false
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #countsTimer: ReturnType<typeof setTimeout> | null = null
  #spamTimer: ReturnType<typeof setTimeout> | null = null

  constructor(options: Options) {
    this.#options = options
  }

  start(position: string): void {
    this.#position = position
    this.#subscribeEvents()
    this.#subscribeSignals()
    this.#tick()
  }

  /** What was true for a moment is not known across a gap. */
  forgetSignals(): void {
    this.signals.set(() => noSignals)
  }

  close(): void {
    this.#closed = true
    this.#events?.unsubscribe()
    this.#signals?.unsubscribe()
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #subscribeEvents(): void {
    this.#events?.unsubscribe()
    this.#events = this.#options.client.live.events.subscribe(
      { position: this.#position },
      {
        onData: ({ id, data }) => this.#take(id, data as LiveItem),
        onError: () => this.#later(RESUBSCRIBE_MS, () => this.#subscribeEvents()),
        onStopped: () => this.#later(RESUBSCRIBE_MS, () => this.#subscribeEvents()),
      },
    )
  }

  #subscribeSignals(): void {
    this.#signals = this.#options.client.live.signals.subscribe(undefined, {
      onData: (signal) => this.signals.set((signals) => applySignal(signals, signal, Date.now())),
      onError: () => this.#later(RESUBSCRIBE_MS, () => this.#subscribeSignals()),
    })
  }

  #take(position: string, item: LiveItem): void {
    if (item.kind === 'reset') {
      this.#reset()
      return
    }
    this.#position = position
    this.#enqueue(item.event)
  }

  #enqueue(event: LiveEvent): void {
    this.#queue.push(event)
    if (event.type === 'message.sent' && event.message.type === 'customer') {
      const { message } = event
      this.received.set((count) => count + 1)
      this.arrived.set(() => message)
    }
    if (this.#queue.length > 1) return
    const wait = this.#lastFlush + FRAME_MS - Date.now()
    if (wait <= 0) this.#flush()
    else this.#later(wait, () => this.#flush())
  }

  #flush(): void {
    const events = this.#queue
    this.#queue = []
    this.#lastFlush = Date.now()
    const { loader } = this.#options
    const unknown = events.map((event) => unknownConversation(loader.cache.get(), event))
    loader.apply(events)
    for (const event of events)
      if (event.type === 'customer.erased') this.#options.onErased(event.conversationIds)
    for (const id of new Set(unknown)) if (id !== null) this.#meet(id)
    for (const id of touched(events)) loader.heal(id)
    if (loader.isCounting()) this.#recount()
    if (events.some(concernsSpam)) this.#tellOfSpam()
  }

  #meet(id: string, attempt = 1): void {
    const { loader } = this.#options
    this.#recount()
    void loader.conversation(id).then(() => {
      const phase = loader.phaseOf(`conversation:${id}`)
      const isLost = phase?.state === 'failed' && phase.error !== 'not_found'
      if (isLost && attempt < MEET_ATTEMPTS)
        this.#later(attempt * RESUBSCRIBE_MS, () => this.#meet(id, attempt + 1))
    })
  }

  // What a conversation was before an event is not always known, so from time to time the server is asked to count.
  #recount(): void {
    this.#countsTimer ??= this.#later(COUNTS_REFRESH_MS, () => {
      this.#countsTimer = null
      void this.#options.loader.counts()
    })
  }

  #tellOfSpam(): void {
    this.#spamTimer ??= this.#later(SPAM_REFRESH_MS, () => {
      this.#spamTimer = null
      this.spamChanges.set((count) => count + 1)
    })
  }

  #reset(): void {
    this.#tellOfSpam()
    this.#events?.unsubscribe()
    this.#events = null
    void this.#options.onReset().then((position) => {
      if (this.#closed) return
      if (position === null) return this.#later(RESUBSCRIBE_MS, () => this.#reset())
      this.#position = position
      this.#subscribeEvents()
    })
  }

  #tick(): void {
    this.signals.set((signals) => expireTyping(signals, Date.now()))
    this.#later(EXPIRY_TICK_MS, () => this.#tick())
  }

  #later(ms: number, act: () => void): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (!this.#closed) act()
    }, ms)
    this.#timers.add(timer)
    return timer
  }
}

const touched = (events: readonly LiveEvent[]): Set<string> =>
  new Set(events.flatMap((event) => ('message' in event ? event.message.conversationId : [])))

/** Whatever is deleted takes what is held in it along. */
const concernsSpam = (event: LiveEvent): boolean =>
  isOfSpam(event) || event.type === 'message.released' || event.type.endsWith('.deleted')
