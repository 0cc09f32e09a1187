import type { WebSocket } from 'ws'
import type { Customer } from '../../contract/customer.ts'
import type { LiveEvent, Signal } from '../../contract/event.ts'
import { toLegacyMessage } from '../../contract/legacy-shapes.ts'
import type { Message } from '../../contract/message.ts'
import {
  type ExternalSendResult,
  immediateResult,
  PENDING,
  resultOf,
} from '../../core/delivery/first-result.ts'
import { encode, sendDurable, sendEphemeral } from './guarded-socket.ts'

/** Frames of one room that may wait for their platform; the oldest leaves as pending beyond it. */
const MAX_HELD_FRAMES = 1_000
/** A typist who falls silent is announced as silent after this. */
const TYPING_EXPIRY_MS = 6_000

export interface Guest {
  socket: WebSocket
  connectionId: string
  userId: number
  username: string
  /** Messages up to this seq were in the guest's snapshot. */
  seen: number
  /** Frames that come before the snapshot is out wait here. */
  held: Buffer[] | null
}

interface HeldFrame {
  message: Message
  answeredSeq: number
  result: ExternalSendResult | null
  timer: NodeJS.Timeout | undefined
}

/** One conversation on this node: who listens, and the frames that leave in the order of seq. */
export class Room {
  readonly guests = new Set<Guest>()
  private readonly queue: HeldFrame[] = []
  private readonly typists = new Map<string, NodeJS.Timeout>()

  constructor(
    readonly conversationId: string,
    readonly workspaceId: number,
    private readonly customer: Customer,
    private readonly waitMs: number,
  ) {}

  hear(event: LiveEvent) {
    if (event.type === 'message.sent' && event.message.conversationId === this.conversationId)
      return this.hold(event.message, event.conversation.answeredSeq)
    if (event.type === 'delivery.attempted' && event.conversationId === this.conversationId) {
      const result = resultOf(event)
      if (result) this.settle(event.messageId, result)
    }
    if (event.type === 'conversation.read' && event.conversation.id === this.conversationId)
      this.broadcast(encode({ type: 'messages_read', user_id: event.userId }))
  }

  feel(signal: Signal) {
    if (signal.type !== 'typing' || signal.conversationId !== this.conversationId || signal.who !== 'agent')
      return
    clearTimeout(this.typists.get(signal.connectionId))
    this.typists.delete(signal.connectionId)
    if (signal.isTyping)
      this.typists.set(
        signal.connectionId,
        setTimeout(() => this.feel({ ...signal, isTyping: false }), TYPING_EXPIRY_MS),
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
      if (guest.connectionId !== signal.connectionId) sendEphemeral(guest.socket, frame)
  }

  /** Tells everybody but the person: presence is never one's own. */
  announce(userId: number, username: string, isOnline: boolean) {
    const frame = encode({
      type: 'user_presence',
      user_id: userId,
      username,
      is_online: isOnline,
      timestamp: now(),
    })
    for (const guest of this.guests) if (guest.userId !== userId) sendEphemeral(guest.socket, frame)
  }

  close() {
    for (const timer of this.typists.values()) clearTimeout(timer)
    for (const frame of this.queue) clearTimeout(frame.timer)
  }

  private hold(message: Message, answeredSeq: number) {
    const result = immediateResult(message, this.waitMs)
    const left = this.waitMs - (Date.parse(now()) - Date.parse(message.createdAt))
    const frame: HeldFrame = { message, answeredSeq, result, timer: undefined }
    if (!result)
      frame.timer = setTimeout(
        () => this.settle(message.id, PENDING),
        Math.max(0, Math.min(left, this.waitMs)),
      )
    this.queue.push(frame)
    if (this.queue.length > MAX_HELD_FRAMES && this.queue[0]) this.queue[0].result ??= PENDING
    this.release()
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

  private tell({ message, answeredSeq }: HeldFrame, result: ExternalSendResult) {
    const legacy = toLegacyMessage(message, this.customer, answeredSeq)
    const frame = encode(
      message.type === 'AI'
        ? { type: 'ai_message', message: legacy, conversation_id: this.conversationId, is_ai_response: true }
        : { type: 'chat_message', message: legacy, external_send_result: result },
    )
    for (const guest of this.guests) if (message.seq > guest.seen) deliver(guest, frame)
  }

  private broadcast(frame: Buffer) {
    for (const guest of this.guests) deliver(guest, frame)
  }
}

const deliver = (guest: Guest, frame: Buffer) => {
  if (guest.held) guest.held.push(frame)
  else sendDurable(guest.socket, frame)
}

const now = () => new Date().toISOString()
