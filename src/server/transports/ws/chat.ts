import type { Conversation } from '../../contract/conversation.ts'
import type { ErrorCode } from '../../contract/error.ts'
import { pagination, parsePaging, toFeedback, toLegacyMessage } from '../../contract/legacy-shapes.ts'
import { readRating } from '../../contract/rating.ts'
import { type ContentFault, readRawContent } from '../../contract/raw-content.ts'
import { markRead } from '../../core/conversations/mark-read.ts'
import { findConversation } from '../../core/conversations/page.ts'
import { isDomainError } from '../../core/errors.ts'
import { mediaUrlOf } from '../../core/files/links.ts'
import { submitFeedback } from '../../core/messages/feedback.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { attend } from '../../core/presence/attend.ts'
import { relayTyping } from '../../core/presence/relay-typing.ts'
import { publishSignal } from '../../core/presence/signals.ts'
import type { Frame } from '../read-frame.ts'
import type { Connection, Handler } from './connection.ts'
import { type Guest, type Room, roomPlace, TYPING_EXPIRY_MS } from './room.ts'
import type { Rooms } from './rooms.ts'

const FIRST_PAGE = { page_size: 50 }
/** Messages replayed to one `resume`; who missed more loads the history again. */
const MAX_REPLAYED = 500
const CONTENT_FAULTS: Record<ContentFault, string> = {
  not_text: 'Message content must be a string',
  empty: 'Message content cannot be empty',
  too_long: 'Content too long',
  unstorable: 'Message content cannot be stored',
}
/** Refusals whose words are for the sender. */
const TOLD = new Set<ErrorCode>(['rate_limited', 'invalid_input', 'window_closed'])
/** A page that reloads is not announced as gone. */
const OFFLINE_GRACE_MS = 3_000

/** `/ws/chat/{id}/`: one conversation, as the legacy protocol has it (docs/protocol.md). */
export class ChatSocket implements Handler {
  private readonly guest: Guest
  private room: Room | undefined
  private closed = false
  private typingUntil = 0
  private anchor: number | null = null
  private depart: (() => void) | undefined

  constructor(
    private readonly connection: Connection,
    private readonly rooms: Rooms,
    private readonly conversation: Conversation & { workspaceId: number },
  ) {
    const { userId, name } = connection.ctx.actor
    this.guest = {
      wire: connection.wire,
      connectionId: connection.id,
      userId,
      username: name,
      seen: 0,
      held: [],
      snapshot: new Set(),
    }
  }

  async open() {
    this.room = await this.rooms.enter(this.conversation, this.guest)
    if (this.closed) return this.rooms.leave(this.room, this.guest)
    await this.holding(async () => {
      this.guest.seen = await this.sendHistory(FIRST_PAGE).catch((error) => {
        this.connection.ctx.log.error({ err: error }, 'A history could not be loaded')
        this.connection.refuse('Connection timeout - please refresh', 'unavailable')
        return 0
      })
    })
    const { userId, connectionId } = this.guest
    const place = roomPlace(this.conversation.id)
    this.depart = await attend(this.connection.ctx, {
      place,
      userId,
      connectionId,
      graceMs: OFFLINE_GRACE_MS,
      tell: (isOnline) => this.announce(isOnline),
    })
    if (this.closed) this.depart()
  }

  async frame(frame: Frame) {
    switch (frame.type ?? 'chat_message') {
      case 'chat_message':
        return this.send(frame)
      case 'typing':
        return this.setTyping(frame.is_typing)
      case 'mark_read':
        return void (await markRead(this.connection.ctx, {
          conversationId: this.conversation.id,
          upTo: null,
          always: true,
        }))
      case 'get_messages':
      case 'load_more_messages':
        return this.showHistory(frame.filters)
      case 'submit_feedback':
        return this.rate(frame)
      case 'resume':
        return this.resume(frame.after_seq)
      default:
        return this.connection.refuse('Unknown message type', 'unknown_type')
    }
  }

  close() {
    this.closed = true
    if (this.typingUntil > Date.now()) this.signalTyping(false)
    if (this.room) this.rooms.leave(this.room, this.guest)
    this.depart?.()
  }

  private async send({ content }: Frame) {
    const read = readRawContent(content)
    if ('fault' in read) return this.connection.refuse(CONTENT_FAULTS[read.fault], 'invalid_input')
    const input = {
      conversationId: this.conversation.id,
      content: read.text,
      type: 'support' as const,
      clientId: null,
    }
    await sendMessage(this.connection.ctx, input).catch((error) => {
      if (!isDomainError(error))
        this.connection.ctx.log.error({ err: error }, 'A message could not be stored')
      const isTold = isDomainError(error) && TOLD.has(error.code)
      this.connection.refuse(
        isTold ? error.message : 'Failed to save message',
        isDomainError(error) ? error.code : 'internal',
      )
    })
  }

  private async setTyping(isTyping: unknown) {
    if (typeof isTyping !== 'boolean')
      return this.connection.refuse('is_typing must be a boolean', 'invalid_input')
    this.typingUntil = isTyping ? Date.now() + TYPING_EXPIRY_MS : 0
    this.signalTyping(isTyping)
    if (isTyping) void relayTyping(this.connection.ctx, this.conversation)
  }

  private signalTyping(isTyping: boolean) {
    const { connectionId, userId: id, username: name } = this.guest
    publishSignal(this.connection.ctx.bus, this.conversation.workspaceId, {
      type: 'typing',
      who: 'agent',
      conversationId: this.conversation.id,
      id,
      name,
      isTyping,
      connectionId,
    })
  }

  private async rate(frame: Frame) {
    const { message_id: messageId } = frame
    if (typeof messageId !== 'string' || messageId === '')
      return this.connection.refuse('message_id is required', 'invalid_input')
    const rating = readRating(frame)
    if (typeof rating === 'string') return this.connection.refuse(rating, 'invalid_input')
    await this.holding(async () => {
      const conversationId = this.conversation.id
      const input = { messageId, conversationId, ...rating }
      const message = await submitFeedback(this.connection.ctx, input)
      this.connection.send({ type: 'feedback_submitted', success: true, data: toFeedback(message) })
    })
  }

  /** Replays what came after `after_seq`; what still waits for its platform follows live, in its order. */
  private async resume(after: unknown) {
    if (typeof after !== 'number' || !Number.isSafeInteger(after) || after < 0)
      return this.connection.refuse('after_seq must be a number of at least 0', 'invalid_input')
    await this.holding(async () => {
      const { ctx } = this.connection
      const { id } = this.conversation
      const now = await findConversation(ctx, id)
      const page = await ctx.messages.page(id, { after, limit: MAX_REPLAYED + 1 })
      if (page.length > MAX_REPLAYED)
        return this.connection.send({ type: 'reset', timestamp: new Date().toISOString() })
      const known = page.filter(({ seq }) => !this.room?.isWaiting(seq))
      this.guest.snapshot = new Set(known.map((message) => message.id))
      for (const message of known)
        this.connection.send(this.room?.replayOf(message, now?.answeredSeq ?? 0) ?? {})
      const waiting = page[known.length]
      const { seen } = this.guest
      // What waits may have been in the first page: it was asked for again, and is told when its time comes.
      this.guest.seen = waiting ? waiting.seq - 1 : Math.max(seen, known.at(-1)?.seq ?? 0)
    })
  }

  /** Keeps live frames back while `task` sends, and lets those follow that it did not make known. */
  private async holding(task: () => Promise<void>) {
    this.guest.held ??= []
    try {
      await task()
    } finally {
      const { seen, snapshot } = this.guest
      for (const { seq, frame, late } of this.guest.held)
        if (late === undefined ? seq === 0 || seq > seen : !snapshot.has(late)) this.guest.wire.send(frame)
      this.guest.held = null
      this.guest.snapshot = new Set()
    }
  }

  private async showHistory(filters: unknown) {
    if (filters !== undefined && (typeof filters !== 'object' || Array.isArray(filters)))
      return this.connection.refuse('filters must be an object', 'invalid_input')
    try {
      await this.sendHistory(filters === null ? FIRST_PAGE : (filters ?? {}))
    } catch (error) {
      this.connection.ctx.log.error({ err: error }, 'A history could not be loaded')
      this.connection.refuse('Failed to load recent messages', 'unavailable')
    }
  }

  /** Sends a page; answers the newest seq there was. Pages after the first count from the same message as it did. */
  private async sendHistory(filters: object): Promise<number> {
    const { ctx } = this.connection
    const { id, customer } = this.conversation
    const paging = parsePaging(filters)
    const upTo = paging.offset > 0 ? this.anchor : null
    const now = await findConversation(ctx, id)
    const page = { offset: paging.offset, limit: paging.pageSize, upTo }
    const { messages, count, upTo: newest } = await ctx.messages.slice(id, page)
    if (paging.offset === 0) this.anchor = newest
    const answered = now?.answeredSeq ?? 0
    if (this.guest.held) this.guest.snapshot = new Set(messages.map((message) => message.id))
    this.connection.send({
      type: 'recent_messages',
      messages: messages.map((message) =>
        toLegacyMessage(message, now?.customer ?? customer, answered, mediaUrlOf(ctx, message)),
      ),
      pagination: pagination({ ...paging, count, pageCount: messages.length }),
      count,
      page_count: messages.length,
      timestamp: new Date().toISOString(),
    })
    return newest
  }

  private announce(isOnline: boolean) {
    const { userId, username: name } = this.guest
    const { id: conversationId, workspaceId } = this.conversation
    const signal = { type: 'presence' as const, userId, name, isOnline, conversationId }
    publishSignal(this.connection.ctx.bus, workspaceId, signal)
  }
}
