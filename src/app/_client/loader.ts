import type { ErrorCode } from '../../server/contract/error.ts'
import type { LiveEvent } from '../../server/contract/event.ts'
import { applyEvent } from './apply-event.ts'
import {
  type ConsoleCache,
  changeThread,
  mergeConversation,
  mergeListPage,
  mergeThreadPage,
} from './console-cache.ts'
import { GAP_PAGE, LIST_PAGE, MAX_RECENT_EVENTS, THREAD_PAGE } from './limits.ts'
import { type ListFilter, listKey } from './list-cache.ts'
import { Store } from './store.ts'
import { hasGap, withNewer, withOlder } from './thread-cache.ts'
import { answerOf, type Client } from './trpc.ts'

/** A read that is under way (`again`: after it failed), or that failed; what was there before stays. */
export type Phase = { state: 'loading'; again: boolean } | { state: 'failed'; error: ErrorCode | null }

/** The list whose first page says where the feed begins. */
export const FIRST_LIST: ListFilter = { view: 'open', search: '' }

type Loads = ReadonlyMap<string, Phase>

/** Reads snapshots and pages into the cache, and lays over each the events that came while it was on its way. */
export class Loader {
  readonly cache: Store<ConsoleCache>
  /** By `list:<key>`, `more:<key>`, `thread:<id>`, `older:<id>`, `newer:<id>`, `conversation:<id>`. */
  readonly loads = new Store<Loads>(new Map())
  /** The place in the log from which the feed has to go on; nothing else is read before it is known. */
  readonly begun: Promise<string>
  readonly #client: Client
  #begin: (position: string) => void = () => {}
  #recent: LiveEvent[] = []
  #dropped = 0

  constructor(client: Client, cache: Store<ConsoleCache>) {
    this.#client = client
    this.cache = cache
    this.begun = new Promise((resolve) => {
      this.#begin = resolve
    })
  }

  /** The first page of a list. Answers the place in the log at which it is true. */
  list(filter: ListFilter): Promise<string | null> {
    const key = listKey(filter)
    return this.#load(`list:${key}`, async () => {
      if (key !== listKey(FIRST_LIST)) await this.begun
      const page = await this.#client.conversations.list.query({ ...queryOf(filter), limit: LIST_PAGE })
      this.#begin(page.position)
      return { change: (cache) => mergeListPage(cache, filter, page, true), value: page.position }
    })
  }

  /** The rows below the last that was read. */
  more(filter: ListFilter): Promise<unknown> {
    const { lists, conversations } = this.cache.get()
    const list = lists.get(listKey(filter))
    const last = conversations.get(list?.ids.at(-1) ?? '')
    if (!list?.hasMore || !last) return Promise.resolve()
    return this.#load(`more:${listKey(filter)}`, async () => {
      const after = { updatedAt: last.updatedAt, id: last.id }
      const page = await this.#client.conversations.list.query({
        ...queryOf(filter),
        after,
        limit: LIST_PAGE,
      })
      return { change: (cache) => mergeListPage(cache, filter, page, false), value: null }
    })
  }

  /** One conversation whole: it was opened by its address, or an event spoke of it first. */
  conversation(id: string): Promise<unknown> {
    return this.#load(`conversation:${id}`, async () => {
      await this.begun
      const { conversation } = await this.#client.conversations.get.query({ conversationId: id })
      return { change: (cache) => mergeConversation(cache, conversation), value: null }
    })
  }

  /** How many conversations each view holds, as the server counts them. */
  counts(): Promise<unknown> {
    return this.#load('counts', async () => {
      const { counts } = await this.#client.conversations.list.query({ view: 'open', limit: 1 })
      return { change: (cache) => ({ ...cache, counts }), value: null }
    })
  }

  /** The newest page of a thread. */
  thread(id: string): Promise<unknown> {
    return this.#load(`thread:${id}`, async () => {
      await this.begun
      const upTo = this.#lastSeq(id)
      const page = await this.#client.messages.list.query({ conversationId: id, limit: THREAD_PAGE })
      return { change: (cache) => mergeThreadPage(cache, id, page, upTo), value: null }
    })
  }

  older(id: string): Promise<unknown> {
    const thread = this.cache.get().threads.get(id)
    const before = thread?.messages[0]?.seq
    if (!thread?.hasOlder || before === undefined) return Promise.resolve()
    return this.#load(`older:${id}`, async () => {
      const page = await this.#client.messages.list.query({ conversationId: id, before, limit: THREAD_PAGE })
      return { change: (cache) => changeThread(cache, id, (held) => withOlder(held, page)), value: null }
    })
  }

  /** What a thread lacks at its end: a hole that an early message left, or the way back down from older pages. */
  newer(id: string): Promise<unknown> {
    const after = this.cache.get().threads.get(id)?.known
    if (after === undefined) return Promise.resolve()
    return this.#load(`newer:${id}`, async () => {
      const upTo = this.#lastSeq(id)
      const page = await this.#client.messages.list.query({ conversationId: id, after, limit: GAP_PAGE })
      const reach = { isLast: page.messages.length < GAP_PAGE, upTo }
      return {
        change: (cache) => changeThread(cache, id, (held) => withNewer(held, page, reach)),
        value: true,
      }
    }).then((isRead) => {
      if (isRead) this.heal(id)
    })
  }

  /** Reads what the server has and a thread lacks. */
  heal(id: string): void {
    const thread = this.cache.get().threads.get(id)
    if (thread && hasGap(thread, this.#lastSeq(id))) void this.newer(id)
  }

  /** Applies events in the order of the log, and remembers them for snapshots that are under way. */
  apply(events: readonly LiveEvent[]): void {
    this.#recent.push(...events)
    const surplus = Math.max(0, this.#recent.length - MAX_RECENT_EVENTS)
    this.#recent = this.#recent.slice(surplus)
    this.#dropped += surplus
    this.cache.set((cache) => events.reduce(applyEvent, cache))
  }

  /** Whether an answer is under way that says how many conversations there are. */
  isCounting(): boolean {
    return [...this.loads.get()].some(
      ([key, { state }]) => state === 'loading' && /^(list:|counts)/.test(key),
    )
  }

  phaseOf(key: string): Phase | undefined {
    return this.loads.get().get(key)
  }

  #lastSeq = (id: string) => this.cache.get().conversations.get(id)?.lastSeq ?? 0

  async #load<T>(key: string, read: () => Promise<Loaded<T>>): Promise<T | null> {
    if (this.phaseOf(key)?.state === 'loading') return null
    this.#mark(key, { state: 'loading', again: this.phaseOf(key)?.state === 'failed' })
    const since = this.#dropped + this.#recent.length
    try {
      const { change, value } = await read()
      this.#mark(key, null)
      if (since < this.#dropped) return this.#load(key, read)
      // An answer that was read before an event must not take that event back.
      const missed = this.#recent.slice(since - this.#dropped)
      this.cache.set((cache) => missed.reduce(applyEvent, change(cache)))
      return value
    } catch (error) {
      this.#mark(key, { state: 'failed', error: answerOf(error) })
      return null
    }
  }

  #mark(key: string, phase: Phase | null): void {
    this.loads.set((loads) => {
      const next = new Map(loads)
      next.delete(key)
      return phase ? next.set(key, phase) : next
    })
  }
}

interface Loaded<T> {
  change: (cache: ConsoleCache) => ConsoleCache
  value: T
}

const queryOf = ({ view, search }: ListFilter) => (search === '' ? { view } : { view, search })
