import type { Bus } from '../../core/ports/live.ts'
import type { Log } from '../../core/ports/system.ts'

type Subscription = { hear(payload: unknown): void }

/** A bus of one process: listeners hear a payload in the turn in which it is published. */
export function createMemoryBus(log?: Log): Bus {
  const topics = new Map<string, Set<Subscription>>()
  return {
    publish(topic, payload) {
      const subscriptions = topics.get(topic)
      // A copy: who subscribes while a payload is told comes too late for it.
      for (const subscription of [...(subscriptions ?? [])]) {
        if (!subscriptions?.has(subscription)) continue
        try {
          subscription.hear(payload)
        } catch (error) {
          log?.error({ err: error, topic }, 'A listener on the bus failed')
        }
      }
    },
    subscribe(topic, listener) {
      const subscriptions = topics.get(topic) ?? new Set()
      const subscription = { hear: listener }
      topics.set(topic, subscriptions.add(subscription))
      return () => {
        subscriptions.delete(subscription)
        if (subscriptions.size === 0 && topics.get(topic) === subscriptions) topics.delete(topic)
      }
    },
    async close() {
      for (const subscriptions of topics.values()) subscriptions.clear()
      topics.clear()
    },
  }
}
