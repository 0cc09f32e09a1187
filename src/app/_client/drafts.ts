import type { draftShelf } from './shelf.ts'
import { Store } from './store.ts'

const SAVE_AFTER_MS = 400

/** What was begun and not sent, by conversation. A draft is only ever given back to the conversation it was written in. */
export class Drafts {
  readonly texts: Store<ReadonlyMap<string, string>>
  readonly #shelf: ReturnType<typeof draftShelf>
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(shelf: ReturnType<typeof draftShelf>) {
    this.#shelf = shelf
    this.texts = new Store<ReadonlyMap<string, string>>(shelf.load())
  }

  get(conversationId: string): string {
    return this.texts.get().get(conversationId) ?? ''
  }

  /** Keeps a draft: in memory at once, in the browser when the typing pauses. */
  put(conversationId: string, text: string): void {
    this.texts.set((texts) => withText(texts, conversationId, text))
    clearTimeout(this.#timers.get(conversationId))
    const save = () => this.#save(conversationId)
    if (text === '') save()
    else this.#timers.set(conversationId, setTimeout(save, SAVE_AFTER_MS))
  }

  /** Saves what still waits for a pause. */
  flush(): void {
    for (const id of [...this.#timers.keys()]) this.#save(id)
  }

  #save(conversationId: string): void {
    clearTimeout(this.#timers.get(conversationId))
    this.#timers.delete(conversationId)
    this.#shelf.put(conversationId, this.get(conversationId))
  }
}

const withText = (texts: ReadonlyMap<string, string>, id: string, text: string) => {
  const next = new Map(texts)
  if (text === '') next.delete(id)
  else next.set(id, text)
  return next
}
