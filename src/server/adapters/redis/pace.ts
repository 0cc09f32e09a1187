import type { Pace } from '../../core/ports/pace.ts'
import type { InsuredRedis } from './insured.ts'

const PREFIX = 'peyk:pace:'

// Redis's own clock, in whole microseconds: a hash holds when the turns given are used up, and until when none comes.
const NOW = `
local t = redis.call('TIME') local now = t[1] * 1000000 + t[2]
local used = tonumber(redis.call('HGET', KEYS[1], 'used') or 0)
local frozen = tonumber(redis.call('HGET', KEYS[1], 'frozen') or 0)
local function keep(name, at)
  redis.call('HSET', KEYS[1], name, string.format('%.0f', at))
  redis.call('PEXPIRE', KEYS[1], math.ceil((math.max(used, frozen, at) - now) / 1000) + 1000)
end`

const TAKE = `${NOW}
local each, burst, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]) * 1000
local from = math.max(used, frozen, now)
local wait = math.max(0, math.max(from - (burst - 1) * each, frozen) - now)
if wait > most then return { 0, math.ceil(wait / 1000) } end
keep('used', from + each)
return { 1, math.ceil(wait / 1000) }`

const FREEZE = `${NOW}
local till = now + tonumber(ARGV[1]) * 1000
if till > frozen then keep('frozen', till) end
return { 1 }`

/** Turns of all nodes together. While Redis is away each node goes at half the rate, by `local`. */
export function createRedisPace(redis: InsuredRedis, local: Pace): Pace {
  return {
    async take(key, rate, maxWaitMs) {
      const each = Math.round(1_000_000 / rate.perSecond)
      const answer = await redis.run(TAKE, PREFIX + key, each, rate.burst, maxWaitMs)
      if (!answer) return local.take(key, { ...rate, perSecond: rate.perSecond / 2 }, maxWaitMs)
      const [taken, waitMs = 0] = answer
      return { taken: taken === 1, waitMs }
    },
    async freeze(key, ms) {
      // This node heeds it, too, should Redis go away before it is over.
      await local.freeze(key, ms)
      await redis.run(FREEZE, PREFIX + key, Math.ceil(ms))
    },
  }
}
