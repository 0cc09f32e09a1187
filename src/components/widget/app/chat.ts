import type { WidgetMessage, WidgetPresence, WidgetSession } from '../../../server/contract/widget.ts'
import type { ToPage } from '../shared/protocol.ts'
import { Connection, type Frame, type Phase } from './connection.ts'
import { Outbox, type Pending, type Shelf } from './outbox.ts'
import { peekOf } from './peek.ts'
import { Store } from './store.ts'
import { type Uploaded, uploadFile } from './upload-file.ts'

const TYPING_TTL_MS = 6_000
const TYPING_EVERY_MS = 3_000
/** What stays on the screen for this long, in a window that is looked at, has been read. */
const READ_AFTER_MS = 1_000

export interface ChatState {
  messages: WidgetMessage[]
  pending: Pending[]
  hasOlder: boolean
  isLoaded: boolean
  phase: Phase
  /** True once it was connected: what follows is a cut. */
  wasOpen: boolean
  presence: WidgetPresence
  typing: string | null
  readUpTo: number
  seenUpTo: number
}

interface Deps {
  socketUrl: string
  session: WidgetSession
  shelf: Shelf
  tell(message: ToPage): void
  /** Somebody answered, and nobody looks. */
  onUnseen(message: WidgetMessage): void
  WebSocket?: typeof WebSocket
}

/** A visitor's conversation in this window: what was said, what waits, who is there. */
export class Chat {
  readonly state: Store<ChatState>
  readonly outbox: Outbox
  private readonly connection: Connection
  private token: string | null
  /** The seq up to which nothing is missing here; a live message that overtakes the answer to `resume` does not move it. */
  private completeTo: number | null = null
  private isComplete = false
  private isLooking = false
  private typingAt = 0
  private typingEnd: ReturnType<typeof setTimeout> | undefined
  private readTimer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly deps: Deps) {
    const { session } = deps
    this.token = session.token
    this.state = new Store<ChatState>({
      messages: [],
      pending: [],
      hasOlder: false,
      isLoaded: false,
      phase: 'connecting',
      wasOpen: false,
      presence: session.presence,
      typing: null,
      readUpTo: 0,
      seenUpTo: 0,
    })
    this.connection = new Connection(deps.socketUrl, {
      token: () => this.token,
      onUnproved: () => {
        this.token = null
        deps.tell({ peyk: 'renew' })
      },
      onFrame: (frame) => this.hear(frame),
      onPhase: (phase) => this.state.set({ phase, wasOpen: this.state.get().wasOpen || phase === 'open' }),
      ...(deps.WebSocket && { WebSocket: deps.WebSocket }),
    })
    this.outbox = new Outbox({
      shelf: deps.shelf,
      send: (frame) => this.state.get().phase === 'open' && this.connection.send(frame),
      onChange: (pending) => this.state.set({ pending }),
    })
    this.connection.wake()
  }

  /** A newer token: the open socket goes on under it, a closed one comes back with it. */
  renew(session: WidgetSession) {
    this.token = session.token
    this.state.set({ presence: session.presence })
    if (!this.connection.send({ type: 'renew', token: session.token })) return this.connection.wake()
    // Addresses of files end sooner than many a page is left.
    if (this.isComplete) this.connection.send({ type: 'history' })
  }

  wake() {
    this.connection.wake()
  }

  /** The browser says that there is no network: nobody needs to wait for a silence to learn it. */
  lost() {
    this.connection.cut()
  }

  end() {
    this.connection.end()
    this.outbox.close()
    clearTimeout(this.typingEnd)
    clearTimeout(this.readTimer)
  }

  say(content: string, attachments: string[] = []): boolean {
    this.typingAt = 0
    return this.outbox.add(content, attachments)
  }

  upload(file: File): Promise<Uploaded | null> {
    return this.token ? uploadFile(this.token, file) : Promise.resolve(null)
  }

  /** Told once in a while, and not at all before the conversation has begun. */
  typed(isTyping: boolean) {
    const now = Date.now()
    if (isTyping && now - this.typingAt < TYPING_EVERY_MS) return
    if (!isTyping && this.typingAt === 0) return
    this.typingAt = isTyping ? now : 0
    this.connection.send({ type: 'typing', is_typing: isTyping })
  }

  older() {
    const [first] = this.state.get().messages
    if (first) this.connection.send({ type: 'history', before: first.seq })
  }

  /** Whether the end of the conversation is on a screen that somebody looks at. */
  look(isLooking: boolean) {
    this.isLooking = isLooking
    this.read()
  }

  private hear(frame: Frame) {
    switch (frame.type) {
      case 'welcome':
        return this.welcome(frame)
      case 'history':
      case 'resumed':
        return this.load(frame)
      case 'reset':
        return this.state.set({ messages: [], isLoaded: false })
      case 'message':
        return this.take(frame.message as WidgetMessage)
      case 'ack': {
        const message = frame.message as WidgetMessage
        this.put([message])
        this.outbox.stored(String(frame.client_id))
        return this.deps.tell({ peyk: 'event', name: 'sent', detail: { id: message.id } })
      }
      case 'refused':
        return this.outbox.refused(
          String(frame.client_id),
          String(frame.code),
          frame.retry_after_ms as number | undefined,
        )
      case 'typing':
        return this.showTyping(frame.is_typing === true ? String(frame.name) : null)
      case 'read':
        return this.state.set({ readUpTo: Math.max(this.state.get().readUpTo, Number(frame.up_to)) })
      case 'seen':
        return this.seen(Number(frame.up_to))
      case 'presence':
        return this.state.set({ presence: frame.presence as WidgetPresence })
    }
  }

  private welcome(frame: Frame) {
    this.isComplete = false
    this.state.set({
      presence: frame.presence as WidgetPresence,
      readUpTo: Number(frame.read_up_to),
      seenUpTo: Math.max(this.state.get().seenUpTo, Number(frame.seen_up_to)),
    })
    if (this.completeTo !== null) this.connection.send({ type: 'resume', after_seq: this.completeTo })
    // What was known before may have been edited or taken back meanwhile.
    this.connection.send({ type: 'history' })
    this.outbox.resume()
  }

  private load(frame: Frame) {
    const page = frame.messages as WidgetMessage[]
    const [first] = this.state.get().messages
    const isOldest = !first || (page[0]?.seq ?? 0) <= first.seq
    if (frame.type === 'history' && isOldest) this.state.set({ hasOlder: frame.has_older === true })
    this.isComplete = true
    this.put(page)
    this.state.set({ isLoaded: true })
    this.tellUnread()
    this.read()
  }

  private take(message: WidgetMessage) {
    const { messages } = this.state.get()
    const isNew = !messages.some(({ id }) => id === message.id)
    this.put([message])
    if (message.from === 'visitor' || !isNew || message.deleted_at) return
    this.showTyping(null)
    this.tellUnread()
    this.deps.tell({ peyk: 'event', name: 'message', detail: { id: message.id, from: message.from } })
    if (!this.isLooking) {
      this.deps.tell(peekOf(message))
      this.deps.onUnseen(message)
    }
    this.read()
  }

  /** By id, so that nothing is shown twice; by seq, so that nothing is shown out of order. */
  private put(fresh: WidgetMessage[]) {
    const known = new Map(this.state.get().messages.map((message) => [message.id, message]))
    for (const message of fresh) known.set(message.id, message)
    const messages = [...known.values()].sort((a, b) => a.seq - b.seq)
    if (this.isComplete) this.completeTo = messages.at(-1)?.seq ?? 0
    this.state.set({ messages })
  }

  private showTyping(typing: string | null) {
    clearTimeout(this.typingEnd)
    this.state.set({ typing })
    if (typing !== null) this.typingEnd = setTimeout(() => this.state.set({ typing: null }), TYPING_TTL_MS)
  }

  private read() {
    clearTimeout(this.readTimer)
    const { messages, seenUpTo } = this.state.get()
    const newest = messages.findLast(({ from }) => from !== 'visitor')?.seq ?? 0
    if (!this.isLooking || newest <= seenUpTo) return
    this.readTimer = setTimeout(() => {
      if (this.connection.send({ type: 'read', up_to: newest })) this.seen(newest)
    }, READ_AFTER_MS)
  }

  private seen(upTo: number) {
    this.state.set({ seenUpTo: Math.max(this.state.get().seenUpTo, upTo) })
    this.tellUnread()
  }

  private tellUnread() {
    const { messages, seenUpTo } = this.state.get()
    const count = messages.filter(
      ({ from, seq, deleted_at }) => from !== 'visitor' && seq > seenUpTo && !deleted_at,
    )
    this.deps.tell({ peyk: 'unread', count: count.length })
  }
}
