import type { Attachment } from '../../server/contract/attachment.ts'
import type { ErrorCode } from '../../server/contract/error.ts'
import type { Message } from '../../server/contract/message.ts'
import { MAX_OUTGOING } from './limits.ts'
import { Store } from './store.ts'

/**
 * A message of ours that the server has not confirmed. `queued` and `sending` are on their way; `unsent` could not reach
 * the server and is tried again by itself; `refused` was answered with an error and waits for the person.
 */
export interface Outgoing {
  clientId: string
  conversationId: string
  content: string
  /** Files that are on the server already. */
  attachments?: readonly Attachment[]
  /** The message that it answers. */
  replyToId?: string
  createdAt: string
  state: 'queued' | 'sending' | 'unsent' | 'refused'
  error: ErrorCode | null
}

/** Where messages survive a reload: one entry each, so that two tabs do not overwrite one another. */
export interface OutboxShelf {
  load(): Outgoing[]
  put(outgoing: Outgoing): void
  remove(clientId: string): void
}

interface Options {
  deliver: (outgoing: Outgoing) => Promise<Message>
  /** The error the server answered with, or null where no answer came. */
  answerOf: (error: unknown) => ErrorCode | null
  onStored: (message: Message) => void
  shelf: OutboxShelf
  retryMs?: number
}

const RETRY_MS = 5_000
/** Answers that a later try may change, because they say nothing about the message. */
const PASSING: readonly ErrorCode[] = ['unavailable', 'unauthenticated']

/** The messages this browser still owes the server: in order within a conversation, each exactly once by its clientId. */
export class Outbox {
  readonly entries: Store<readonly Outgoing[]>
  readonly #options: Options
  readonly #draining = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(options: Options) {
    this.#options = options
    this.entries = new Store<readonly Outgoing[]>(options.shelf.load().slice(0, MAX_OUTGOING))
  }

  isFull(): boolean {
    return this.entries.get().length >= MAX_OUTGOING
  }

  /** Takes a message at once; null where too many wait already. */
  send(
    conversationId: string,
    content: string,
    attachments: readonly Attachment[] = [],
    replyToId?: string,
  ): Outgoing | null {
    if (this.isFull()) return null
    const outgoing: Outgoing = {
      clientId: crypto.randomUUID(),
      conversationId,
      content,
      ...(attachments.length > 0 && { attachments }),
      ...(replyToId !== undefined && { replyToId }),
      createdAt: new Date().toISOString(),
      state: 'queued',
      error: null,
    }
    this.#options.shelf.put(outgoing)
    this.entries.set((entries) => [...entries, outgoing])
    void this.#drain(conversationId)
    return outgoing
  }

  /** Tries one that was refused or did not get through once more, under the same clientId. */
  retry(clientId: string): void {
    const outgoing = this.#change(clientId, { state: 'queued', error: null })
    if (outgoing) void this.#drain(outgoing.conversationId)
  }

  discard(clientId: string): void {
    this.#options.shelf.remove(clientId)
    this.entries.set((entries) => entries.filter((entry) => entry.clientId !== clientId))
  }

  /** Lets go of whatever is still to be sent to these conversations. */
  discardIn(conversationIds: readonly string[]): void {
    for (const { clientId, conversationId } of this.entries.get())
      if (conversationIds.includes(conversationId)) this.discard(clientId)
  }

  /** Tries again everything that did not get through: the way to the server is open. */
  resume(): void {
    clearTimeout(this.#timer)
    this.entries.set((entries) => entries.map(requeued))
    const waiting = this.entries.get().filter(({ state }) => state === 'queued')
    for (const id of new Set(waiting.map(({ conversationId }) => conversationId))) void this.#drain(id)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  // One at a time per conversation: two requests in flight could be stored in the wrong order.
  async #drain(conversationId: string): Promise<void> {
    if (this.#draining.has(conversationId)) return
    this.#draining.add(conversationId)
    try {
      for (let next = this.#head(conversationId); next && !this.#closed; next = this.#head(conversationId)) {
        if (!(await this.#deliver(next))) break
      }
    } finally {
      this.#draining.delete(conversationId)
    }
  }

  #head(conversationId: string): Outgoing | undefined {
    const waiting = this.entries.get().filter((entry) => entry.conversationId === conversationId)
    const first = waiting.find(({ state }) => state !== 'refused')
    return first?.state === 'queued' ? first : undefined
  }

  async #deliver(outgoing: Outgoing): Promise<boolean> {
    this.#change(outgoing.clientId, { state: 'sending', error: null })
    try {
      const message = await this.#options.deliver(outgoing)
      this.#options.onStored(message)
      this.discard(outgoing.clientId)
      return true
    } catch (error) {
      return this.#failed(outgoing, this.#options.answerOf(error))
    }
  }

  #failed({ clientId }: Outgoing, answer: ErrorCode | null): boolean {
    if (answer && !PASSING.includes(answer)) {
      this.#change(clientId, { state: 'refused', error: answer })
      return true
    }
    this.#change(clientId, { state: 'unsent', error: answer })
    clearTimeout(this.#timer)
    if (!this.#closed) this.#timer = setTimeout(() => this.resume(), this.#options.retryMs ?? RETRY_MS)
    return false
  }

  #change(clientId: string, change: Pick<Outgoing, 'state' | 'error'>): Outgoing | undefined {
    this.entries.set((entries) =>
      entries.map((entry) => (entry.clientId === clientId ? { ...entry, ...change } : entry)),
    )
    const changed = this.entries.get().find((entry) => entry.clientId === clientId)
    if (changed) this.#options.shelf.put(changed)
    return changed
  }
}

/** What of the outbox a thread must still show: not what has arrived in it as a stored message. */
export const pendingIn = (
  entries: readonly Outgoing[],
  conversationId: string,
  stored: readonly Pick<Message, 'clientId'>[],
): readonly Outgoing[] => {
  const mine = entries.filter((entry) => entry.conversationId === conversationId)
  if (mine.length === 0) return mine
  const arrived = new Set(stored.map(({ clientId }) => clientId))
  return mine.filter(({ clientId }) => !arrived.has(clientId))
}

const requeued = (entry: Outgoing): Outgoing =>
  entry.state === 'unsent' ? { ...entry, state: 'queued' } : entry
