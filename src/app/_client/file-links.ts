import type { FileLink } from '../../server/contract/files.ts'
import { Store } from './store.ts'

/** Files asked for at once. */
const MAX_ASKED = 100
/** Addresses remembered; beyond it the oldest are asked for again. */
const MAX_HELD = 2_000
/** An address is renewed while it still has this long to live: a film may be played until then. */
const MARGIN_MS = 5 * 60_000
const PAUSE_MS = 20
const RETRY_MS = 10_000

interface Options {
  fetch: (ids: string[]) => Promise<FileLink[]>
  now?: () => number
}

/** Addresses of files, asked for together by what is on the screen, and again before they end. */
export class FileLinks {
  readonly held = new Store<ReadonlyMap<string, FileLink>>(new Map())
  readonly #options: Options
  readonly #wanted = new Set<string>()
  readonly #asked = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: Options) {
    this.#options = options
  }

  /** Sees to it that the address of each is held, and fresh. */
  want(ids: readonly string[]): void {
    const now = this.#now()
    for (const id of ids) {
      const held = this.held.get().get(id)
      const isFresh = held && Date.parse(held.expiresAt) - now > MARGIN_MS
      const isAsked = now - (this.#asked.get(id) ?? Number.NEGATIVE_INFINITY) < RETRY_MS
      if (!isFresh && !isAsked) this.#wanted.add(id)
    }
    if (this.#wanted.size > 0) this.#timer ??= setTimeout(() => void this.#ask(), PAUSE_MS)
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  async #ask() {
    this.#timer = undefined
    const ids = [...this.#wanted].slice(0, MAX_ASKED)
    for (const id of ids) {
      this.#wanted.delete(id)
      this.#asked.set(id, this.#now())
    }
    if (this.#wanted.size > 0) this.#timer = setTimeout(() => void this.#ask(), PAUSE_MS)
    const links = await this.#options.fetch(ids).catch((): FileLink[] => [])
    for (const { id } of links) this.#asked.delete(id)
    if (links.length > 0) this.held.set((held) => newest(held, links))
  }

  #now() {
    return this.#options.now?.() ?? Date.now()
  }
}

function newest(held: ReadonlyMap<string, FileLink>, links: readonly FileLink[]) {
  const next = new Map(held)
  for (const link of links) {
    next.delete(link.id)
    next.set(link.id, link)
  }
  for (const id of [...next.keys()].slice(0, Math.max(0, next.size - MAX_HELD))) next.delete(id)
  return next
}
