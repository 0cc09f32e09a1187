import type { Conversation } from '../../contract/conversation.ts'
import type { Customer } from '../../contract/customer.ts'
import type { LiveEvent, Signal } from '../../contract/event.ts'
import { toFeedback, toLegacyMessage } from '../../contract/legacy-shapes.ts'
import type { Message } from '../../contract/message.ts'
import type { Ctx } from '../../core/context.ts'
import {
  type ExternalSendResult,
  immediateResult,
  PENDING,
  resultOf,
} from '../../core/delivery/first-result.ts'
import { mediaUrlOf } from '../../core/files/links.ts'
import type { Metrics } from '../../core/ports/metrics.ts'
import { Roster } from '../../core/presence/roster.ts'
import { ageOf } from '../age.ts'
import { encode, TOO_SLOW, type Wire } from '../guarded-socket.ts'

/** Frames of one room that may wait for their platform; the oldest leaves as pending beyond it. */
const MAX_HELD_FRAMES = 1_000
/** A typist who falls silent is announced as silent after this. */
export const TYPING_EXPIRY_MS = 6_000

export interface Guest {
  wire: Wire
  connectionId: string
  userId: number
  username: string
  /** Messages up to this seq were in the guest's snapshot. */
  seen: number
  /** Frames that come before the snapshot is out wait here, with the seq of what they tell (0: no message). */
  held: { seq: number; frame: Buffer; late?: string }[] | null
  /** The messages of the snapshot that is on its way: a late one among them is not told again. */
  snapshot: ReadonlySet<string>
}

type Typing = Extract<Signal, { type: 'typing' }>

/** Where the guests of a room are present. */
export const roomPlace = (conversationId: string) => `room:${conversationId}`

interface HeldFrame {
  message: Message
  answeredSeq: number
  result: ExternalSendResult | null
  timer: NodeJS.Timeout | undefined
}

/** One conversation on this node: who listens, and the frames that leave in the order of seq. */
export class Room {
  readonly guests = new Set<Guest>()
  readonly conversationId: string
  readonly workspaceId: number
  private customer: Customer
  private readonly waitMs: number
  private readonly metrics: Metrics
  private readonly mediaUrl: (message: Message) => string | null
  private readonly queue: HeldFrame[] = []
  private readonly typists = new Map<string, NodeJS.Timeout>()
  private readonly roster: Roster

  constructor(ctx: Ctx, conversation: Conversation & { workspaceId: number }) {
    this.conversationId = conversation.id
    this.workspaceId = conversation.workspaceId
    this.customer = conversation.customer
    this.waitMs = ctx.settings.externalSendWaitMs
    this.metrics = ctx.metrics
    this.mediaUrl = (message) => mediaUrlOf(ctx, message)
    this.roster = new Roster(ctx.presence, roomPlace(conversation.id), (userId, username) =>
      this.announce(userId, username, false),
    )
  }

  hear(event: LiveEvent) {
    if (event.type === 'message.sent') return this.hold(event.message, event.conversation.answeredSeq)
    if (event.type === 'message.released') return this.tellLate(event.message, event.conversation.answeredSeq)
    if (event.type === 'delivery.attempted') {
      const result = resultOf(event)
      if (result) this.settle(event.messageId, result)
    }
    if (event.type === 'customer.changed' && event.customer.id === this.customer.id)
      this.customer = event.customer
    if (event.type === 'customer.erased') {
      this.customer = event.customer
      this.tellGone('The data of this customer has been erased')
    }
    if (event.type === 'message.changed') this.change(event.message)
    if (event.type === 'message.rated')
      this.broadcast(encode({ type: 'feedback_updated', ...toFeedback(event.message) }))
    if (event.type === 'conversation.deleted' || event.type === 'customer.deleted')
      this.tellGone('This conversation has been deleted')
    if (event.type === 'conversation.read')
      this.broadcast(encode({ type: 'messages_read', user_id: event.userId }))
  }

  feel(signal: Signal) {
    if (signal.type === 'presence') {
      this.roster.hear(signal.userId, signal.name, signal.isOnline)
      this.announce(signal.userId, signal.name, signal.isOnline)
    }
    if (signal.type === 'typing' && signal.who === 'agent') this.tellTyping(signal)
  }

  close() {
    for (const timer of this.typists.values()) clearTimeout(timer)
    for (const frame of this.queue) clearTimeout(frame.timer)
    this.roster.close()
  }

  private tellGone(message: string) {
    const { conversationId: conversation_id } = this
    this.broadcast(encode({ type: 'conversation_deleted', conversation_id, timestamp: now(), message }))
  }

  private tellTyping(signal: Typing) {
    clearTimeout(this.typists.get(signal.connectionId))
    this.typists.delete(signal.connectionId)
    if (signal.isTyping)
      this.typists.set(
        signal.connectionId,
        setTimeout(() => this.tellTyping({ ...signal, isTyping: false }), TYPING_EXPIRY_MS),
      )
    const { id: user_id, name: username, isTyping: is_typing } = signal
    const frame = encode({
      type: 'typing_indicator',
      conversation_id: this.conversationId,
      user_id,
      username,
      is_typing,
      timestamp: now(),
    })
    for (const guest of this.guests)
      if (guest.connectionId !== signal.connectionId) guest.wire.sendEphemeral(frame)
  }

  /** Tells everybody but the person: presence is never one's own. */
  private announce(userId: number, username: string, isOnline: boolean) {
    const frame = encode({
      type: 'user_presence',
      user_id: userId,
      username,
      is_online: isOnline,
      timestamp: now(),
    })
    for (const guest of this.guests) if (guest.userId !== userId) guest.wire.sendEphemeral(frame)
  }

  private hold(message: Message, answeredSeq: number) {
    const result = immediateResult(message, this.waitMs)
    const frame: HeldFrame = { message, answeredSeq, result, timer: undefined }
    if (!result) frame.timer = setTimeout(() => this.settle(message.id, PENDING), this.leftToWait(message))
    this.queue.push(frame)
    if (this.queue.length > MAX_HELD_FRAMES && this.queue[0]) this.queue[0].result ??= PENDING
    this.release()
  }

  // An age that cannot be is the difference of two machines' clocks: then the wait counts from now.
  private leftToWait({ createdAt }: Message) {
    const age = Date.now() - Date.parse(createdAt)
    return age >= 0 && age <= this.waitMs ? this.waitMs - age : this.waitMs
  }

  /** What waits to be told is told as it is by then: of what was taken back nothing leaves any more. */
  private change(message: Message) {
    const frame = this.queue.find((held) => held.message.id === message.id)
    if (!frame) return
    frame.message = message
    const result = immediateResult(message, this.waitMs)
    if (result) this.settle(message.id, result)
  }

  private settle(messageId: string, result: ExternalSendResult) {
    const frame = this.queue.find((held) => held.message.id === messageId)
    if (!frame || frame.result) return
    clearTimeout(frame.timer)
    frame.result = result
    this.release()
  }

  private release() {
    while (this.queue[0]?.result) {
      const frame = this.queue.shift()
      if (frame?.result) this.tell(frame, frame.result)
    }
  }

  /** True of a message that is stored and whose frame still waits for its platform. */
  isWaiting(seq: number) {
    const first = this.queue[0]
    return first !== undefined && seq >= first.message.seq
  }

  /** The frame of a message that was told before. */
  replayOf(message: Message, answeredSeq: number): object {
    return this.frameOf(message, answeredSeq, immediateResult(message, 0) ?? PENDING)
  }

  private tell({ message, answeredSeq }: HeldFrame, result: ExternalSendResult) {
    const frame = encode(this.frameOf(message, answeredSeq, result))
    for (const guest of this.guests) if (message.seq > guest.seen) deliver(guest, frame, { seq: message.seq })
    this.metrics.observe('peyk_accept_to_delivery_seconds', ageOf(message), 'raw')
  }

  /** A message that was held as spam: its place lies before what was told already, so it waits for nothing. */
  private tellLate(message: Message, answeredSeq: number) {
    const frame = encode(this.replayOf(message, answeredSeq))
    for (const guest of this.guests) deliver(guest, frame, { late: message.id })
  }

  private frameOf(message: Message, answeredSeq: number, result: ExternalSendResult) {
    const legacy = toLegacyMessage(message, this.customer, answeredSeq, this.mediaUrl(message))
    return message.type === 'AI'
      ? { type: 'ai_message', message: legacy, conversation_id: this.conversationId, is_ai_response: true }
      : { type: 'chat_message', message: legacy, external_send_result: result }
  }

  private broadcast(frame: Buffer) {
    for (const guest of this.guests) deliver(guest, frame)
  }
}

const deliver = (guest: Guest, frame: Buffer, { seq = 0, late }: { seq?: number; late?: string } = {}) => {
  if (!guest.held) return guest.wire.send(frame)
  if (guest.held.length >= MAX_HELD_FRAMES) return guest.wire.socket.close(TOO_SLOW, 'Too slow')
  guest.held.push({ seq, frame, ...(late !== undefined && { late }) })
}

const now = () => new Date().toISOString()
