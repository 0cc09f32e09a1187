import { MAX_DRAFTS } from './limits.ts'
import type { OutboxShelf, Outgoing } from './outbox.ts'

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Unsent messages of one person in this browser; another person who signs in here never sends them. */
export const outboxShelf = (userId: number, storage: Shelf = safeStorage()): OutboxShelf => {
  const prefix = `peyk.outbox.${userId}.`
  return {
    load: () =>
      keysOf(storage, prefix)
        .flatMap((key) => parse<Outgoing>(storage.getItem(key)) ?? [])
        .map((entry): Outgoing => (entry.state === 'sending' ? { ...entry, state: 'unsent' } : entry))
        .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)),
    put: (entry) => store(storage, prefix + entry.clientId, JSON.stringify(entry)),
    remove: (clientId) => storage.removeItem(prefix + clientId),
  }
}

interface StoredDraft {
  text: string
  at: number
}

/** Drafts of one person in this browser, each under the conversation it was written in. */
export const draftShelf = (userId: number, storage: Shelf = safeStorage()) => {
  const prefix = `peyk.draft.${userId}.`
  const read = (id: string) => parse<StoredDraft>(storage.getItem(prefix + id))
  const prune = () => {
    const keys = keysOf(storage, prefix)
    if (keys.length <= MAX_DRAFTS) return
    const dated = keys.map((key) => ({ key, at: parse<StoredDraft>(storage.getItem(key))?.at ?? 0 }))
    for (const { key } of dated.sort((a, b) => b.at - a.at).slice(MAX_DRAFTS)) storage.removeItem(key)
  }
  return {
    load: (): Map<string, string> =>
      new Map(
        keysOf(storage, prefix).map((key) => [
          key.slice(prefix.length),
          read(key.slice(prefix.length))?.text ?? '',
        ]),
      ),
    put: (id: string, text: string) => {
      if (text === '') return storage.removeItem(prefix + id)
      store(storage, prefix + id, JSON.stringify({ text, at: Date.now() } satisfies StoredDraft))
      prune()
    },
  }
}

const keysOf = (storage: Shelf, prefix: string): string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(prefix),
  )

const parse = <T>(text: string | null): T | null => {
  try {
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

// A full or forbidden storage must not keep a message from being sent.
const store = (storage: Shelf, key: string, value: string) => {
  try {
    storage.setItem(key, value)
  } catch {
    storage.removeItem(key)
  }
}

/** The browser's storage, or one that forgets where the browser allows none. */
const safeStorage = (): Shelf => {
  try {
    return window.localStorage
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {}, key: () => null, length: 0 }
  }
}
