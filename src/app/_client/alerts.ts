import type { Message } from '../../server/contract/message.ts'

/** What was written longer ago came while nobody was connected: the list tells of it. */
const FRESH_MS = 60_000
/** A tab in which somebody looks at the conversation takes the message first, and says nothing. */
const LOOKERS_FIRST_MS = 250
/** Tabs that hear of a message within this time are told by one alert. */
const HOLD_MS = 10_000

interface Options {
  /** Whether a person can be reading this conversation here and now. */
  isLooking: (conversationId: string) => boolean
  raise: (message: Message) => void
  /** Shared by all tabs; missing where the address is not secure, and then each tab speaks for itself. */
  locks?: Pick<LockManager, 'request'> | undefined
}

/** Calls a person who looks elsewhere, once over all tabs. */
export class Alerts {
  readonly #options: Options
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()

  constructor(options: Options) {
    this.#options = options
  }

  hear(message: Message): void {
    const isStale = Date.now() - Date.parse(message.createdAt) > FRESH_MS
    if (message.type !== 'customer' || isStale) return
    if (this.#options.isLooking(message.conversationId)) {
      this.#claim(message, () => {})
      return
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#claim(message, () => this.#options.raise(message))
    }, LOOKERS_FIRST_MS)
    this.#timers.add(timer)
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #claim({ id }: Message, act: () => void): void {
    const { locks } = this.#options
    if (!locks) act()
    void locks?.request(`peyk.alert.${id}`, { ifAvailable: true }, async (lock) => {
      if (!lock) return
      act()
      await new Promise((resolve) => setTimeout(resolve, HOLD_MS))
    })
  }
}
