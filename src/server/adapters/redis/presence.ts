import { Redis } from 'ioredis'
import type { Presence } from '../../core/ports/live.ts'
import type { Log } from '../../core/ports/system.ts'

const LEASE_MS = 45_000
const PREFIX = 'peyk:presence:'

// One round trip and Redis's own clock: a node whose clock is wrong must not end another's leases.
const LUA = `
local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local function count() local n = 0
  for _, m in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do if string.sub(m, 1, #ARGV[2]) == ARGV[2] then n = n + 1 end end
  return n end
local before = count()
if ARGV[1] == 'leave' then redis.call('ZREM', KEYS[1], ARGV[2] .. ARGV[3])
else redis.call('ZADD', KEYS[1], now + ARGV[4], ARGV[2] .. ARGV[3]) redis.call('PEXPIRE', KEYS[1], ARGV[4] * 2) end
return { before, count() }`

// A lease that ran out is nobody, although its member stays until the place is next entered or left.
const WHO = `
local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')`

/** Presence as leases in a sorted set per place; a node that dies leaves them to expire. */
export function createRedisPresence(url: string, log: Log, leaseMs = LEASE_MS): Presence & { close(): void } {
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 1_000 })
  redis.on('error', (error) => log.warn({ err: error }, 'Redis is away'))
  const run = async (
    verb: string,
    place: string,
    userId: number,
    connectionId: string,
  ): Promise<[number, number]> => {
    try {
      return (await redis.eval(
        LUA,
        1,
        PREFIX + place,
        verb,
        `${userId}:`,
        connectionId,
        String(leaseMs),
      )) as [number, number]
    } catch {
      // Without Redis nobody is announced; the lease of whoever was there expires by itself.
      return [1, 1]
    }
  }
  return {
    beatMs: leaseMs / 3,
    enter: async (place, userId, connectionId) => (await run('enter', place, userId, connectionId))[0] === 0,
    async leave(place, userId, connectionId) {
      const [before, after] = await run('leave', place, userId, connectionId)
      return before > 0 && after === 0
    },
    async beat(place, userId, connectionId) {
      await run('enter', place, userId, connectionId)
    },
    async who(place) {
      const members = (await redis.eval(WHO, 1, PREFIX + place).catch(() => [])) as string[]
      return [...new Set(members.map((member) => Number(member.split(':')[0])))]
    },
    close: () => redis.disconnect(),
  }
}
