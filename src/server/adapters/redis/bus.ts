import { Redis } from 'ioredis'
import type { Bus } from '../../core/ports/live.ts'
import type { Log } from '../../core/ports/system.ts'

const PREFIX = 'peyk:'

type Subscription = { hear(payload: unknown): void }

/**
 * A bus over Redis PUBLISH. Publishing never waits and never fails a caller: a hint that is lost is made good by the
 * log. Nothing is queued while Redis is away.
 */
export function createRedisBus(url: string, log: Log): Bus {
  const options = { maxRetriesPerRequest: 1, commandTimeout: 1_000, keepAlive: 30_000 }
  const publisher = new Redis(url, { ...options, enableOfflineQueue: false })
  const subscriber = new Redis(url, { keepAlive: 30_000, maxRetriesPerRequest: null })
  const topics = new Map<string, Set<Subscription>>()
  for (const client of [publisher, subscriber])
    client.on('error', (error) => log.warn({ err: error }, 'Redis is away'))
  // Thrown from here, an error would end the process: one listener, or a stranger's text, must not.
  const guard = (topic: string, run: () => void) => {
    try {
      run()
    } catch (error) {
      log.error({ err: error, topic }, 'A listener on the bus failed')
    }
  }
  subscriber.on('message', (channel: string, text: string) => {
    const topic = channel.slice(PREFIX.length)
    guard(topic, () => {
      const payload: unknown = JSON.parse(text)
      const subscriptions = topics.get(topic)
      for (const subscription of [...(subscriptions ?? [])])
        if (subscriptions?.has(subscription)) guard(topic, () => subscription.hear(payload))
    })
  })
  return {
    publish(topic, payload) {
      publisher.publish(PREFIX + topic, JSON.stringify(payload)).catch(() => {})
    },
    subscribe(topic, listener) {
      const subscriptions = topics.get(topic) ?? new Set()
      const subscription = { hear: listener }
      if (subscriptions.size === 0)
        subscriber.subscribe(PREFIX + topic).catch((error) => log.warn({ err: error }, 'Redis is away'))
      topics.set(topic, subscriptions.add(subscription))
      return () => {
        subscriptions.delete(subscription)
        if (subscriptions.size > 0 || topics.get(topic) !== subscriptions) return
        topics.delete(topic)
        subscriber.unsubscribe(PREFIX + topic).catch(() => {})
      }
    },
    async close() {
      for (const subscriptions of topics.values()) subscriptions.clear()
      topics.clear()
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}
