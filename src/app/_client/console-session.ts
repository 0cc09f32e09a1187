import { QueryClient } from '@tanstack/react-query'
import type { ConversationStatus } from '../../server/contract/conversation.ts'
import type { Feedback, Message } from '../../server/contract/message.ts'
import { LiveConnection } from './connection.ts'
import { type ConsoleCache, emptyCache, mergeState, putMessage, putRating } from './console-cache.ts'
import { Drafts } from './drafts.ts'
import { Feed } from './feed.ts'
import { FileLinks } from './file-links.ts'
import { FIRST_LIST, Loader } from './loader.ts'
import { MessageChanges } from './message-changes.ts'
import { Outbox } from './outbox.ts'
import { sendFile } from './send-file.ts'
import { draftShelf, outboxShelf } from './shelf.ts'
import { Store } from './store.ts'
import type { Rating } from './thread-cache.ts'
import { answerOf, type Client, createClient } from './trpc.ts'
import { Uploads } from './uploads.ts'

/** Who works in this console. */
export interface Self {
  userId: number
  name: string
  email: string
  /** Where they work. */
  workspaceId: number
}

/** What the page does when this console cannot go on. */
interface Ways {
  onSessionEnded: () => void
  /** The person works in another workspace now. */
  onMoved: () => void
}

const FIRST_RETRY_MS = 3_000

/** Everything one open console holds: its connection, what it has read, what it has yet to send. */
export class ConsoleSession {
  readonly self: Self
  readonly queries = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 1 } } })
  readonly cache = new Store<ConsoleCache>(emptyCache)
  readonly connection: LiveConnection
  readonly client: Client
  readonly loader: Loader
  readonly feed: Feed
  readonly outbox: Outbox
  readonly changes: MessageChanges
  readonly uploads: Uploads
  readonly fileLinks: FileLinks
  readonly drafts: Drafts
  readonly #signOut: () => void
  readonly #move: () => void
  readonly #stop: () => void
  #closed = false

  constructor(self: Self, { onSessionEnded, onMoved }: Ways) {
    this.self = self
    this.#signOut = () => !this.#closed && onSessionEnded()
    this.#move = onMoved
    this.connection = new LiveConnection({
      url: socketUrl(),
      onOpen: () => this.#opened(),
      onSessionEnded: this.#signOut,
      onRightsChanged: () => void this.#standAgain(),
      probeSession: () => void this.client.people.me.query().catch(() => null),
    })
    this.client = createClient({ socket: this.connection.client, onSessionEnded: this.#signOut })
    this.loader = new Loader(this.client, this.cache)
    this.feed = new Feed({
      client: this.client,
      loader: this.loader,
      onReset: () => this.#reload(),
      onErased: (ids) => this.#forget(ids),
    })
    this.outbox = new Outbox({
      deliver: ({ conversationId, clientId, content, attachments = [], replyToId }) => {
        const attachmentIds = attachments.map(({ id }) => id)
        return this.client.messages.send.mutate({
          conversationId,
          clientId,
          content,
          attachmentIds,
          replyToId,
        })
      },
      answerOf,
      onStored: (message) => this.cache.set((cache) => putMessage(cache, message)),
      shelf: outboxShelf(self.userId),
    })
    this.changes = new MessageChanges(this.client, this.cache)
    this.uploads = new Uploads({
      send: sendFile,
      discard: (id) => void this.client.files.discard.mutate({ id }).catch(() => null),
    })
    this.fileLinks = new FileLinks({ fetch: (ids) => this.client.files.links.query({ ids }) })
    this.drafts = new Drafts(draftShelf(self.userId))
    this.#stop = this.connection.start()
    void this.#begin()
  }

  close(): void {
    this.#closed = true
    this.drafts.flush()
    this.outbox.close()
    this.uploads.close()
    this.fileLinks.close()
    this.feed.close()
    this.#stop()
  }

  /** Raises what was read, by what was on the screen. */
  async markRead(conversationId: string, upTo: number): Promise<void> {
    const state = await this.client.conversations.markRead.mutate({ conversationId, upTo })
    this.cache.set((cache) => mergeState(cache, state))
  }

  async setStatus(conversationId: string, status: ConversationStatus): Promise<void> {
    const state = await this.client.conversations.setStatus.mutate({ conversationId, status })
    this.cache.set((cache) => mergeState(cache, state))
  }

  /** Rates an answer of the bot: shown at once, and taken back where the server does not take it. */
  async rate(message: Message, feedback: Feedback, comment: string): Promise<void> {
    const show = (rating: Rating) => this.cache.set((cache) => putRating(cache, rating))
    show({ ...message, feedback, feedbackComment: comment, feedbackAt: new Date().toISOString() })
    try {
      show(await this.client.messages.rate.mutate({ messageId: message.id, feedback, comment }))
    } catch (error) {
      show(message)
      throw error
    }
  }

  /** Tries a failed delivery once more: a new attempt with a result of its own, which comes as an event. */
  async retryDelivery(messageId: string): Promise<void> {
    await this.client.messages.retry.mutate({ messageId })
  }

  // The feed goes on from the first snapshot, so that comes before it, however long it takes.
  async #begin(): Promise<void> {
    void this.loader.begun.then((position) => this.#closed || this.feed.start(position))
    while (!this.#closed && (await this.loader.list(FIRST_LIST)) === null) {
      await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MS))
    }
  }

  #forget(conversationIds: readonly string[]): void {
    for (const id of conversationIds) this.drafts.put(id, '')
    this.outbox.discardIn(conversationIds)
  }

  #opened(): void {
    this.feed?.forgetSignals()
    for (const id of this.cache.get().threads.keys()) this.loader.heal(id)
    this.outbox?.resume()
  }

  /** Shows what the person may do now, or what they have in the workspace that is left to them. */
  async #standAgain(): Promise<void> {
    const me = await this.client.people.me.query().catch(() => null)
    if (this.#closed) return
    if (me && me.workspace.id !== this.self.workspaceId) return this.#move()
    await this.queries.invalidateQueries()
  }

  /** Reads every list and thread again; the position of the list that was read first is the one to go on from. */
  async #reload(): Promise<string | null> {
    const { lists, threads } = this.cache.get()
    const position = await this.loader.list(FIRST_LIST)
    if (position === null) return null
    for (const { filter } of lists.values()) void this.loader.list(filter)
    for (const id of threads.keys()) void this.loader.thread(id)
    return position
  }
}

const socketUrl = () => `${window.location.origin.replace(/^http/, 'ws')}/trpc`
