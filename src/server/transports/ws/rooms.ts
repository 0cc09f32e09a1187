import type { Conversation } from '../../contract/conversation.ts'
import type { LiveEvent, Signal } from '../../contract/event.ts'
import type { Ctx } from '../../core/context.ts'
import { signalTopic } from '../../core/presence/signals.ts'
import { type Guest, Room } from './room.ts'

/** A workspace's rooms on this node: it listens once, however many of them are open. */
interface House {
  rooms: Map<string, Room>
  guests: number
  opened: Promise<() => void>
}

/** The rooms that have a guest on this node. An event finds its room by the conversation. */
export class Rooms {
  private readonly houses = new Map<number, House>()

  constructor(private readonly ctx: Ctx) {}

  async enter(conversation: Conversation & { workspaceId: number }, guest: Guest): Promise<Room> {
    const { workspaceId } = conversation
    const house = this.houses.get(workspaceId) ?? this.openHouse(workspaceId)
    house.guests++
    try {
      await house.opened
    } catch (error) {
      this.leaveHouse(workspaceId, house)
      throw error
    }
    const room = house.rooms.get(conversation.id) ?? new Room(this.ctx, conversation)
    house.rooms.set(conversation.id, room)
    room.guests.add(guest)
    return room
  }

  leave(room: Room, guest: Guest) {
    const house = this.houses.get(room.workspaceId)
    if (!room.guests.delete(guest) || !house) return
    if (room.guests.size === 0 && house.rooms.get(room.conversationId) === room) {
      house.rooms.delete(room.conversationId)
      room.close()
    }
    this.leaveHouse(room.workspaceId, house)
  }

  private leaveHouse(workspaceId: number, house: House) {
    house.guests--
    if (house.guests > 0 || this.houses.get(workspaceId) !== house) return
    this.houses.delete(workspaceId)
    void house.opened.then(
      (close) => close(),
      () => {},
    )
  }

  private openHouse(workspaceId: number): House {
    const rooms = new Map<string, Room>()
    const house = { rooms, guests: 0, opened: this.listen(workspaceId, rooms) }
    this.houses.set(workspaceId, house)
    return house
  }

  private async listen(workspaceId: number, rooms: Map<string, Room>): Promise<() => void> {
    const { head } = await this.ctx.journal.position(workspaceId)
    const unlisten = await this.ctx.feed.listen(workspaceId, head, (event) => tell(rooms, event))
    const unsubscribe = this.ctx.bus.subscribe(signalTopic(workspaceId), (payload) => {
      const signal = payload as Partial<Signal>
      if ('conversationId' in signal && signal.conversationId)
        rooms.get(signal.conversationId)?.feel(signal as Signal)
    })
    return () => {
      unlisten()
      unsubscribe()
    }
  }
}

function tell(rooms: Map<string, Room>, event: LiveEvent) {
  if (event.type === 'customer.changed') for (const room of rooms.values()) room.hear(event)
  else for (const id of conversationsOf(event)) rooms.get(id)?.hear(event)
}

const conversationsOf = (event: LiveEvent): string[] => {
  if ('conversation' in event) return [event.conversation.id]
  if ('conversationId' in event) return [event.conversationId]
  return event.type === 'customer.deleted' || event.type === 'customer.erased' ? event.conversationIds : []
}
