import type { Conversation } from '../../contract/conversation.ts'
import type { Signal } from '../../contract/event.ts'
import type { Ctx } from '../../core/context.ts'
import { signalTopic } from '../../core/presence/signals.ts'
import { type Guest, Room } from './room.ts'

interface Open {
  room: Room
  close(): void
}

/** The rooms that have a guest on this node. */
export class Rooms {
  private readonly open = new Map<string, Promise<Open>>()

  constructor(private readonly ctx: Ctx) {}

  async enter(conversation: Conversation & { workspaceId: number }, guest: Guest): Promise<Room> {
    const opening = this.open.get(conversation.id) ?? this.openRoom(conversation)
    this.open.set(conversation.id, opening)
    const { room } = await opening
    room.guests.add(guest)
    return room
  }

  async leave(room: Room, guest: Guest) {
    room.guests.delete(guest)
    if (room.guests.size > 0) return
    const opening = this.open.get(room.conversationId)
    const opened = await opening
    if (!opened || opened.room !== room || room.guests.size > 0) return
    if (this.open.get(room.conversationId) === opening) this.open.delete(room.conversationId)
    opened.close()
  }

  private async openRoom(conversation: Conversation & { workspaceId: number }): Promise<Open> {
    const { workspaceId } = conversation
    const room = new Room(
      conversation.id,
      workspaceId,
      conversation.customer,
      this.ctx.settings.externalSendWaitMs,
    )
    const { head } = await this.ctx.journal.position(workspaceId)
    const unlisten = await this.ctx.feed.listen(workspaceId, head, (event) => room.hear(event))
    const unsubscribe = this.ctx.bus.subscribe(signalTopic(workspaceId), (signal) =>
      room.feel(signal as Signal),
    )
    const close = () => {
      unlisten()
      unsubscribe()
      room.close()
    }
    return { room, close }
  }
}
