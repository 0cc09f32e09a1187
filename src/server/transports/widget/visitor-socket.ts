import { z } from 'zod'
import type { LiveEvent } from '../../contract/event.ts'
import { AttachmentId } from '../../contract/files.ts'
import { ClientId } from '../../contract/ids.ts'
import type { Message } from '../../contract/message.ts'
import type { WidgetPresence } from '../../contract/widget.ts'
import { toWidgetMessage, type UrlOf } from '../../contract/widget-shapes.ts'
import type { VisitorCtx } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import type { VisitorMet } from '../../core/visitors/meet.ts'
import { presenceFor } from '../../core/visitors/presence.ts'
import { markSeen } from '../../core/visitors/seen.ts'
import { sendAsVisitor } from '../../core/visitors/send.ts'
import { findOwnThread, setVisitorTyping, visitorHistory, visitorMissed } from '../../core/visitors/thread.ts'
import { encode, type Wire } from '../guarded-socket.ts'
import type { Frame } from '../read-frame.ts'
import type { Guest, Hub, Typing } from './hub.ts'

/** A typist is told of anew no sooner than this; whoever hears of them forgets them after six seconds. */
const TYPING_FLOOR_MS = 1_000
const TYPING_TTL_MS = 6_000

interface Deps {
  hub: Hub
  urlOf: UrlOf
  connectionId: string
}

/** One visitor's socket, from its welcome to its end: the frames of contract/widget.ts. */
export class VisitorSocket implements Guest {
  readonly channelId: number
  readonly sourceId: string
  private conversationId: string | null = null
  private typingSince = 0
  private isClosed = false

  constructor(
    private readonly ctx: VisitorCtx,
    private readonly wire: Wire,
    private readonly deps: Deps,
  ) {
    this.channelId = ctx.actor.channelId
    this.sourceId = ctx.actor.sourceId
  }

  /** Hears first and reads afterwards, so that nothing falls in between. */
  async open() {
    const { workspaceId } = this.ctx.actor
    const known = await findOwnThread(this.ctx)
    this.conversationId = known?.conversationId ?? null
    await this.deps.hub.enter(workspaceId, this, this.conversationId)
    if (this.isClosed) return this.deps.hub.leave(workspaceId, this, this.conversationId)
    const thread = await findOwnThread(this.ctx)
    if (thread?.conversationId && this.conversationId === null) this.follow(thread.conversationId)
    this.send({
      type: 'welcome',
      last_seq: thread?.lastSeq ?? 0,
      read_up_to: thread?.answeredSeq ?? 0,
      seen_up_to: thread?.seenSeq ?? 0,
      has_conversation: (thread?.lastSeq ?? 0) > 0,
      presence: await presenceFor(this.ctx, this.ctx.actor),
    })
  }

  close() {
    this.isClosed = true
    if (this.typingSince > 0) void this.tellTyping(false).catch(() => {})
    this.deps.hub.leave(this.ctx.actor.workspaceId, this, this.conversationId)
  }

  async frame(frame: Frame): Promise<void> {
    switch (frame.type) {
      case 'message':
        return this.say(frame)
      case 'typing':
        return this.setTyping(frame.is_typing === true)
      case 'read':
        return this.read(frame.up_to)
      case 'history':
        return this.showHistory(frame.before)
      case 'resume':
        return this.resume(frame.after_seq)
      default:
        return this.refuse('Unknown frame type', 'unknown_type')
    }
  }

  refuse(error: string, code: string) {
    this.send({ type: 'error', error, message: error, code, timestamp: new Date().toISOString() })
  }

  send(frame: object) {
    this.wire.send(encode(frame))
  }

  hear(event: LiveEvent) {
    switch (event.type) {
      case 'message.sent':
      case 'message.released':
      case 'message.changed':
        return this.send({ type: 'message', message: this.shown(event.message) })
      case 'conversation.read':
        return this.send({ type: 'read', up_to: event.conversation.answeredSeq })
      case 'conversation.seen':
        return this.send({ type: 'seen', up_to: event.conversation.seenSeq })
      case 'conversation.deleted':
      case 'customer.deleted':
      case 'customer.erased':
        return this.forget()
    }
  }

  feel({ who, isTyping, name }: Typing) {
    if (who === 'agent') this.sendEphemeral({ type: 'typing', is_typing: isTyping, name })
  }

  told(presence: WidgetPresence) {
    this.sendEphemeral({ type: 'presence', presence })
  }

  met({ conversationId }: VisitorMet) {
    this.follow(conversationId)
  }

  private follow(conversationId: string) {
    if (this.conversationId !== conversationId) this.moveTo(conversationId)
  }

  private moveTo(conversationId: string | null) {
    const change = { from: this.conversationId, to: conversationId }
    this.conversationId = conversationId
    this.deps.hub.move(this.ctx.actor.workspaceId, this, change)
  }

  private forget() {
    this.moveTo(null)
    this.send({ type: 'reset' })
  }

  private async say({ client_id: given, content, attachments = [] }: Frame) {
    const clientId = ClientId.safeParse(given)
    if (!clientId.success)
      return this.refuse('client_id must be a text of 1 to 64 characters', 'invalid_input')
    const client_id = clientId.data
    try {
      if (typeof content !== 'string')
        return this.refuseMessage(client_id, 'invalid_input', 'Content must be a text')
      const ids = z.array(AttachmentId).safeParse(attachments)
      if (!ids.success)
        return this.refuseMessage(client_id, 'invalid_input', 'Attachments must be ids of files')
      const { message, conversation } = await sendAsVisitor(this.ctx, {
        clientId: client_id,
        content,
        attachmentIds: ids.data,
      })
      this.follow(conversation.id)
      this.typingSince = 0
      this.send({ type: 'ack', client_id, message: this.shown(message) })
    } catch (error) {
      if (!isDomainError(error) || error.code === 'internal') throw error
      const retryAfterMs = (error.cause as { retryAfterMs?: number } | undefined)?.retryAfterMs
      this.refuseMessage(client_id, error.code, error.message, retryAfterMs)
    }
  }

  private refuseMessage(client_id: string, code: string, error: string, retryAfterMs?: number) {
    this.send({
      type: 'refused',
      client_id,
      error,
      code,
      ...(retryAfterMs !== undefined && { retry_after_ms: Math.ceil(retryAfterMs) }),
    })
  }

  private async setTyping(isTyping: boolean) {
    const now = Date.now()
    if (isTyping && now - this.typingSince < TYPING_FLOOR_MS) return
    if (!isTyping && now - this.typingSince > TYPING_TTL_MS) return
    this.typingSince = isTyping ? now : 0
    await this.tellTyping(isTyping)
  }

  private tellTyping(isTyping: boolean) {
    return setVisitorTyping(this.ctx, { isTyping, connectionId: this.deps.connectionId })
  }

  private async read(upTo: unknown) {
    if (!isSeq(upTo)) return this.refuse('up_to must be a number of at least 0', 'invalid_input')
    await markSeen(this.ctx, upTo)
  }

  private async showHistory(before: unknown) {
    if (before !== undefined && before !== null && !isSeq(before))
      return this.refuse('before must be a number of at least 0', 'invalid_input')
    const { messages, hasOlder } = await visitorHistory(this.ctx, isSeq(before) ? before : null)
    this.send({ type: 'history', messages: messages.map((one) => this.shown(one)), has_older: hasOlder })
  }

  private async resume(after: unknown) {
    if (!isSeq(after)) return this.refuse('after_seq must be a number of at least 0', 'invalid_input')
    const missed = await visitorMissed(this.ctx, after)
    if (missed) this.send({ type: 'resumed', messages: missed.map((one) => this.shown(one)) })
    else this.send({ type: 'reset' })
  }

  private sendEphemeral(frame: object) {
    this.wire.sendEphemeral(encode(frame))
  }

  private shown(message: Message) {
    return toWidgetMessage(message, this.deps.urlOf)
  }
}

const isSeq = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 2_147_483_647
