import type { LiveEvent, Signal } from '../../contract/event.ts'
import type { WidgetPresence } from '../../contract/widget.ts'
import type { Ctx } from '../../core/context.ts'
import { signalTopic } from '../../core/presence/signals.ts'
import { type VisitorMet, visitorTopic } from '../../core/visitors/meet.ts'
import { presenceFor } from '../../core/visitors/presence.ts'

/** Colleagues come in the morning, many at once: visitors are told after this. */
const PRESENCE_PAUSE_MS = 200

export type Typing = Extract<Signal, { type: 'typing' }>

/** What a visitor's socket wants to hear of. */
export interface Guest {
  readonly channelId: number
  readonly sourceId: string
  hear(event: LiveEvent): void
  feel(typing: Typing): void
  /** Who is there to answer has changed. */
  told(presence: WidgetPresence): void
  /** Their conversation has begun, here or in another window of theirs. */
  met(place: VisitorMet): void
}

/** A workspace's visitors on this node: it listens once, however many of them there are. */
interface House {
  rooms: Map<string, Set<Guest>>
  /** Those who have said nothing yet, by who they are. */
  lobby: Map<string, Set<Guest>>
  all: Set<Guest>
  opened: Promise<() => void>
  pause?: NodeJS.Timeout | undefined
}

/** The visitors of this node. An event finds its visitors by their conversation. */
export class Hub {
  private readonly houses = new Map<number, House>()

  constructor(private readonly ctx: Ctx) {}

  /** Answers once everything that happens from now on is heard. */
  async enter(workspaceId: number, guest: Guest, conversationId: string | null): Promise<void> {
    const house = this.houses.get(workspaceId) ?? this.open(workspaceId)
    house.all.add(guest)
    place(house, guest, conversationId)
    try {
      await house.opened
    } catch (error) {
      this.leave(workspaceId, guest, conversationId)
      throw error
    }
  }

  /** From the lobby into the room of a conversation, or back. */
  move(workspaceId: number, guest: Guest, { from, to }: { from: string | null; to: string | null }) {
    const house = this.houses.get(workspaceId)
    if (!house?.all.has(guest)) return
    displace(house, guest, from)
    place(house, guest, to)
  }

  leave(workspaceId: number, guest: Guest, conversationId: string | null) {
    const house = this.houses.get(workspaceId)
    if (!house) return
    house.all.delete(guest)
    displace(house, guest, conversationId)
    if (house.all.size > 0) return
    this.houses.delete(workspaceId)
    void house.opened.then(
      (close) => close(),
      () => {},
    )
  }

  private open(workspaceId: number): House {
    const house: House = {
      rooms: new Map(),
      lobby: new Map(),
      all: new Set(),
      opened: Promise.resolve(() => {}),
    }
    house.opened = this.listen(workspaceId, house)
    house.opened.catch(() => {})
    this.houses.set(workspaceId, house)
    return house
  }

  private feel(workspaceId: number, house: House, signal: Signal) {
    if (signal.type === 'typing')
      for (const guest of house.rooms.get(signal.conversationId) ?? []) guest.feel(signal)
    if (signal.type !== 'presence' || signal.conversationId !== undefined) return
    house.pause ??= setTimeout(() => {
      house.pause = undefined
      void this.tellPresence(workspaceId, house).catch(() => {})
    }, PRESENCE_PAUSE_MS).unref()
  }

  /** Asked once a website, however many visitors it has. */
  private async tellPresence(workspaceId: number, { all }: House) {
    for (const channelId of new Set([...all].map((guest) => guest.channelId))) {
      const presence = await presenceFor(this.ctx, { workspaceId, channelId })
      for (const guest of all) if (guest.channelId === channelId) guest.told(presence)
    }
  }

  private async listen(workspaceId: number, house: House): Promise<() => void> {
    const { bus, journal, feed } = this.ctx
    const unsubscribe = [
      bus.subscribe(visitorTopic(workspaceId), (payload) => greet(house, payload as VisitorMet)),
      bus.subscribe(signalTopic(workspaceId), (payload) => this.feel(workspaceId, house, payload as Signal)),
    ]
    try {
      const { head } = await journal.position(workspaceId)
      unsubscribe.push(await feed.listen(workspaceId, head, (event) => hear(house, event)))
    } catch (error) {
      for (const stop of unsubscribe) stop()
      throw error
    }
    return () => {
      for (const stop of unsubscribe) stop()
    }
  }
}

const visitorKey = ({ channelId, sourceId }: { channelId: number; sourceId: string }) =>
  `${channelId} ${sourceId}`

function place(house: House, guest: Guest, conversationId: string | null) {
  const [rooms, key] =
    conversationId === null
      ? ([house.lobby, visitorKey(guest)] as const)
      : ([house.rooms, conversationId] as const)
  const set = rooms.get(key) ?? new Set()
  rooms.set(key, set.add(guest))
}

function displace(house: House, guest: Guest, conversationId: string | null) {
  if (conversationId === null) remove(house.lobby, visitorKey(guest), guest)
  else remove(house.rooms, conversationId, guest)
}

function remove(rooms: Map<string, Set<Guest>>, key: string, guest: Guest) {
  const set = rooms.get(key)
  if (set?.delete(guest) && set.size === 0) rooms.delete(key)
}

function greet(house: House, met: VisitorMet) {
  for (const guest of [...(house.lobby.get(visitorKey(met)) ?? [])]) guest.met(met)
}

function hear({ rooms }: House, event: LiveEvent) {
  for (const id of conversationsOf(event)) for (const guest of [...(rooms.get(id) ?? [])]) guest.hear(event)
}

const conversationsOf = (event: LiveEvent): string[] => {
  if ('conversation' in event) return [event.conversation.id]
  if ('conversationId' in event) return [event.conversationId]
  return 'conversationIds' in event ? event.conversationIds : []
}
