import { Redis } from 'ioredis'
import type { Bus, Log } from '../../core/ports.ts'

const PREFIX = 'peyk:'

/**
 * A bus over Redis PUBLISH. Publishing never waits and never fails a caller: a hint that is lost is made good by the
 * log. Nothing is queued while Redis is away.
 */
export function createRedisBus(url: string, log: Log): Bus {
  const options = { maxRetriesPerRequest: 1, commandTimeout: 1_000, keepAlive: 30_000 }
  const publisher = new Redis(url, { ...options, enableOfflineQueue: false })
  const subscriber = new Redis(url, { keepAlive: 30_000, maxRetriesPerRequest: null })
  const topics = new Map<string, Set<(payload: unknown) => void>>()
  for (const client of [publisher, subscriber])
    client.on('error', (error) => log.warn({ err: error }, 'Redis is away'))
  subscriber.on('message', (channel: string, text: string) => {
    const payload: unknown = JSON.parse(text)
    for (const listener of topics.get(channel.slice(PREFIX.length)) ?? []) listener(payload)
  })
  return {
    publish(topic, payload) {
      publisher.publish(PREFIX + topic, JSON.stringify(payload)).catch(() => {})
    },
    subscribe(topic, listener) {
      const listeners = topics.get(topic) ?? new Set()
      if (listeners.size === 0)
        subscriber.subscribe(PREFIX + topic).catch((error) => log.warn({ err: error }, 'Redis is away'))
      topics.set(topic, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        topics.delete(topic)
        subscriber.unsubscribe(PREFIX + topic).catch(() => {})
      }
    },
    async close() {
      topics.clear()
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}
