import { Redis } from 'ioredis'
import type { Log } from '../../core/ports/system.ts'

/** Redis for what must be decided at once: while it is away, the caller decides by itself. */
export interface InsuredRedis {
  /** Runs a script on one key, which answers with whole numbers; null while Redis is away or too slow. */
  run(lua: string, key: string, ...args: (string | number)[]): Promise<number[] | null>
  close(): void
}

/**
 * Never throws and never waits longer than a second. A Redis that hangs is left after that second, and until a new
 * connection has answered nobody waits at all.
 */
export function openInsuredRedis(url: string, log: Log): InsuredRedis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 1_000,
    socketTimeout: 1_000,
    keepAlive: 30_000,
  })
  const state = { isAway: false }
  const away = (error: unknown) => {
    if (!state.isAway)
      log.warn({ err: error }, 'Redis is away: limits are halved and counted by this node alone')
    state.isAway = true
  }
  const back = () => {
    if (state.isAway) log.info({}, 'Redis is back: limits are shared again')
    state.isAway = false
  }
  redis.on('error', away)
  redis.on('ready', back)
  return {
    async run(lua, key, ...args) {
      try {
        const answer = await redis.eval(lua, 1, key, ...args)
        back()
        return answer as number[]
      } catch (error) {
        // Before the first connection stands nothing is wrong yet; afterwards its loss is told by the connection.
        if (redis.status === 'ready') away(error)
        return null
      }
    },
    close: () => redis.disconnect(),
  }
}

/** The limit of one node that decides by itself: others may be doing the same. */
export const halved = (limit: number): number => Math.min(limit, Math.max(1, Math.floor(limit / 2)))
