import { ControlError, invalidInput } from '../../control-error.ts'
import type { EventStreams } from '../../event-streams.ts'
import { recordVerbs } from '../../record-verbs.ts'
import type { ControlApi } from '../control-api.ts'
import type { World } from '../world/world.ts'
import { checkedDelivery, checkedFault, requireWhole } from './checks.ts'
import { snapshot } from './snapshot.ts'

type BenchVerbs = Pick<
  ControlApi,
  | 'emit'
  | 'post'
  | 'storeMedia'
  | 'listDeliveries'
  | 'redeliver'
  | 'setDelivery'
  | 'listCalls'
  | 'clearCalls'
  | 'setFault'
  | 'listFaults'
  | 'clearFaults'
  | 'setRateLimits'
  | 'travel'
  | 'snapshot'
  | 'reset'
>

const MIME = /^[a-z]+\/[a-z0-9.+-]+$/

/** What a test bench does that nobody can do on a phone. */
export function benchVerbs(world: World, streams: EventStreams): BenchVerbs {
  return { ...deliveryVerbs(world), ...recordVerbs(world, checkedFault), ...worldVerbs(world, streams) }
}

function deliveryVerbs(world: World) {
  const { limits } = world.surroundings
  return {
    emit(event) {
      world.getAccount(event.accountId)
      world.webhooks.requireRoom()
      return { deliveryId: world.webhooks.push(event) }
    },
    async post({ copies = 1, ...post }) {
      requireWhole('copies', copies, { min: 1, max: limits.maxCopies })
      return world.webhooks.post({ ...post, copies })
    },
    listDeliveries: () => world.webhooks.list(),
    async redeliver({ deliveryId, copies }) {
      requireWhole('copies', copies, { min: 1, max: limits.maxCopies })
      return world.webhooks.redeliver(deliveryId, copies)
    },
    setDelivery(settings) {
      Object.assign(world.app.delivery, checkedDelivery(settings, limits))
      world.webhooks.pump()
      return { ...world.app.delivery }
    },
  } satisfies Partial<ControlApi>
}

function worldVerbs(world: World, streams: EventStreams) {
  const { limits, clock } = world.surroundings
  return {
    storeMedia({ bytes, mime }) {
      if (!MIME.test(mime)) throw invalidInput('mime must look like image/png')
      if (bytes.length === 0) throw invalidInput('a file must not be empty')
      if (bytes.length > limits.maxMediaBytes)
        throw new ControlError(413, 'too_large', 'the file is too large')
      const mediaId = world.media.upload({ bytes: Buffer.from(bytes), mime })
      return { mediaId, mime, size: bytes.length }
    },
    setRateLimits(enabled) {
      world.rates.enabled = enabled
    },
    travel(ms) {
      requireWhole('ms', ms, { min: 0 })
      clock.advance(ms)
      return { nowMs: clock.now() }
    },
    snapshot: () => snapshot(world, streams.size),
    reset() {
      world.reset()
      streams.endAll()
    },
  } satisfies Partial<ControlApi>
}
