import type { Presence } from '../../core/ports/live.ts'
import type { Clock } from '../../core/ports/system.ts'

const LEASE_MS = 45_000

interface Options {
  clock?: Clock
  leaseMs?: number
}

/** Presence of one process. A connection that nobody renews is gone when its lease runs out, as it is on Redis. */
export function createMemoryPresence({
  clock = { now: Date.now },
  leaseMs = LEASE_MS,
}: Options = {}): Presence {
  const places = new Map<string, Map<string, { userId: number; till: number }>>()
  const liveAt = (place: string) => {
    const connections = places.get(place) ?? new Map<string, { userId: number; till: number }>()
    for (const [key, { till }] of connections) if (till <= clock.now()) connections.delete(key)
    return connections
  }
  const isAt = (place: string, userId: number) =>
    [...liveAt(place).values()].some((connection) => connection.userId === userId)
  const renew = (place: string, userId: number, connectionId: string) => {
    const connection = { userId, till: clock.now() + leaseMs }
    places.set(place, liveAt(place).set(`${userId}:${connectionId}`, connection))
  }
  return {
    beatMs: leaseMs / 3,
    async enter(place, userId, connectionId) {
      const isFirst = !isAt(place, userId)
      renew(place, userId, connectionId)
      return isFirst
    },
    async leave(place, userId, connectionId) {
      const connections = liveAt(place)
      const isLast = connections.delete(`${userId}:${connectionId}`) && !isAt(place, userId)
      if (connections.size === 0) places.delete(place)
      return isLast
    },
    async beat(place, userId, connectionId) {
      renew(place, userId, connectionId)
    },
    async who(place) {
      return [...new Set([...liveAt(place).values()].map(({ userId }) => userId))]
    },
  }
}
