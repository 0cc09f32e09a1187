import type { Bus } from '../../core/ports.ts'

/** A bus of one process: listeners hear a payload in the turn in which it is published. */
export function createMemoryBus(): Bus {
  const topics = new Map<string, Set<(payload: unknown) => void>>()
  return {
    publish(topic, payload) {
      for (const listener of topics.get(topic) ?? []) listener(payload)
    },
    subscribe(topic, listener) {
      const listeners = topics.get(topic) ?? new Set()
      topics.set(topic, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) topics.delete(topic)
      }
    },
    async close() {
      topics.clear()
    },
  }
}
