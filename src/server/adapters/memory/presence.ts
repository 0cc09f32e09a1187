import type { Presence } from '../../core/ports.ts'

/** Presence of one process: it ends with the process, so no lease is needed. */
export function createMemoryPresence(): Presence {
  const places = new Map<string, Map<number, Set<string>>>()
  const at = (place: string) => places.get(place) ?? new Map<number, Set<string>>()
  return {
    beatMs: 60_000,
    async enter(place, userId, connectionId) {
      const people = at(place)
      const connections = people.get(userId) ?? new Set()
      const first = connections.size === 0
      places.set(place, people.set(userId, connections.add(connectionId)))
      return first
    },
    async leave(place, userId, connectionId) {
      const people = at(place)
      const connections = people.get(userId)
      if (!connections?.delete(connectionId) || connections.size > 0) return false
      people.delete(userId)
      if (people.size === 0) places.delete(place)
      return true
    },
    async beat() {},
    async who(place) {
      return [...at(place).keys()]
    },
  }
}
