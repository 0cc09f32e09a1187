import type { Conversation } from '../../contract/conversation.ts'
import { pagination, parsePaging, toLegacyMessage } from '../../contract/legacy-shapes.ts'
import { MAX_RAW_CONTENT } from '../../contract/limits.ts'
import { codePoints, isUnstorable, strip } from '../../contract/text.ts'
import { workspaceIds } from '../../core/context.ts'
import { markRead } from '../../core/conversations/mark-read.ts'
import { isDomainError } from '../../core/errors.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { attend } from '../../core/presence/attend.ts'
import { publishSignal } from '../../core/presence/signals.ts'
import type { Connection, Handler } from './connection.ts'
import type { Frame } from './frames.ts'
import { sendDurable } from './guarded-socket.ts'
import { type Guest, type Room, roomPlace } from './room.ts'
import type { Rooms } from './rooms.ts'

const FIRST_PAGE = { page_size: 50 }
/** A page that reloads is not announced as gone. */
const OFFLINE_GRACE_MS = 3_000

/** `/ws/chat/{id}/`: one conversation, as the legacy protocol has it (docs/protocol.md). */
export class ChatSocket implements Handler {
  private readonly guest: Guest
  private room: Room | undefined
  private closed = false
  private typing = false
  private depart: (() => void) | undefined

  constructor(
    private readonly connection: Connection,
    private readonly rooms: Rooms,
    private readonly conversation: Conversation & { workspaceId: number },
  ) {
    const { userId, name } = connection.ctx.actor
    this.guest = {
      socket: connection.socket,
      connectionId: connection.id,
      userId,
      username: name,
      seen: 0,
      held: [],
    }
  }

  async open() {
    this.room = await this.rooms.enter(this.conversation, this.guest)
    if (this.closed) return this.rooms.leave(this.room, this.guest)
    await this.sendHistory(FIRST_PAGE)
    for (const { seq, frame } of this.guest.held ?? [])
      if (seq === 0 || seq > this.guest.seen) sendDurable(this.guest.socket, frame)
    this.guest.held = null
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
        return this.sendHistory(frame.filters === null ? FIRST_PAGE : frame.filters)
      default:
        return this.connection.refuse('Unknown message type', 'unknown_type')
    }
  }

  close() {
    this.closed = true
    if (this.typing) this.signalTyping(false)
    if (this.room) this.rooms.leave(this.room, this.guest)
    this.depart?.()
  }

  private async send({ content }: Frame) {
    if (content !== undefined && content !== null && typeof content !== 'string')
      return this.connection.refuse('Message content must be a string', 'invalid_input')
    const text = strip(content ?? '')
    if (text === '') return this.connection.refuse('Message content cannot be empty', 'invalid_input')
    if (codePoints(text) > MAX_RAW_CONTENT) return this.connection.refuse('Content too long', 'invalid_input')
    if (isUnstorable(text)) return this.connection.refuse('Message content cannot be stored', 'invalid_input')
    const input = {
      conversationId: this.conversation.id,
      content: text,
      type: 'support' as const,
      clientId: null,
    }
    await sendMessage(this.connection.ctx, input).catch((error) => {
      if (!isDomainError(error))
        this.connection.ctx.log.error({ err: error }, 'A message could not be stored')
      this.connection.refuse('Failed to save message', isDomainError(error) ? error.code : 'internal')
    })
  }

  private async setTyping(isTyping: unknown) {
    if (typeof isTyping !== 'boolean')
      return this.connection.refuse('is_typing must be a boolean', 'invalid_input')
    this.typing = isTyping
    this.signalTyping(isTyping)
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

  private async sendHistory(filters: unknown) {
    const { messages, conversations } = this.connection.ctx
    const paging = parsePaging(typeof filters === 'object' && filters !== null ? filters : {})
    const now = await conversations.find(workspaceIds(this.connection.ctx), this.conversation.id)
    const count = await messages.count(this.conversation.id)
    const before = (now?.lastSeq ?? 0) - paging.offset + 1
    const page =
      before > 1 ? await messages.page(this.conversation.id, { before, limit: paging.pageSize }) : []
    if (this.guest.held) this.guest.seen = page.at(-1)?.seq ?? 0
    const block = pagination({ ...paging, count, pageCount: page.length })
    this.connection.send({
      type: 'recent_messages',
      messages: page.map((message) =>
        toLegacyMessage(message, this.conversation.customer, now?.answeredSeq ?? 0),
      ),
      pagination: block,
      count,
      page_count: page.length,
      timestamp: new Date().toISOString(),
    })
  }

  private announce(isOnline: boolean) {
    const { userId, username: name } = this.guest
    const { id: conversationId, workspaceId } = this.conversation
    const signal = { type: 'presence' as const, userId, name, isOnline, conversationId }
    publishSignal(this.connection.ctx.bus, workspaceId, signal)
  }
}
