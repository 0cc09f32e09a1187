import { ControlError, invalidInput } from '../../control-error.ts'
import type { EventStreams } from '../../event-streams.ts'
import { recordVerbs } from '../../record-verbs.ts'
import type { ControlApi, DeliverySettings } from '../control-types.ts'
import type { NewFault } from '../fault-types.ts'
import { listKnownErrors } from '../known-errors.ts'
import type { EmulatorLimits } from '../limits.ts'
import type { World } from '../world/world.ts'
import { snapshot } from './snapshot.ts'

type BenchVerbs = Pick<
  ControlApi,
  | 'listCalls'
  | 'clearCalls'
  | 'setFault'
  | 'listFaults'
  | 'clearFaults'
  | 'listKnownErrors'
  | 'setDelivery'
  | 'redeliver'
  | 'setFloodLimits'
  | 'advanceClock'
  | 'snapshot'
  | 'reset'
>

/** What is done to the world from outside: faults, time, delivery, records. */
export function benchVerbs(world: World, streams: EventStreams): BenchVerbs {
  const { limits, clock } = world.surroundings
  return {
    ...recordVerbs(world, checkedFault),
    listKnownErrors,
    setDelivery({ botId, ...settings }) {
      const { updates } = world.getBot(botId)
      updates.applySettings(checkedDelivery(settings, limits))
      return { ...updates.settings }
    },
    async redeliver({ botId, updateId, copies }) {
      checkCopies(copies, limits)
      const statuses = await world.getBot(botId).updates.redeliver(updateId, copies)
      if (statuses === null) throw new ControlError(409, 'conflict', 'no such recent update, or no webhook')
      return statuses
    },
    setFloodLimits(enabled) {
      world.flood.enabled = enabled
    },
    advanceClock(ms) {
      if (!(ms >= 0)) throw invalidInput('ms must not be negative')
      clock.advance(ms)
      return { nowMs: clock.now() }
    },
    snapshot: () => snapshot(world, streams.size),
    reset() {
      world.reset()
      streams.endAll()
    },
  }
}

function checkedFault(fault: NewFault): NewFault {
  const { times = 1 } = fault
  if (!Number.isInteger(times) || times < 1) throw invalidInput('times must be a positive whole number')
  if (fault.kind === 'delay' && !(fault.ms >= 0)) throw invalidInput('ms must not be negative')
  if (fault.kind !== 'status' && fault.kind !== 'not-json') return fault
  if (!Number.isInteger(fault.status) || fault.status < 400 || fault.status > 599) {
    throw invalidInput('status must be an HTTP error status')
  }
  return fault
}

function checkedDelivery(
  { paused, latencyMs, copies, order }: Partial<DeliverySettings>,
  limits: EmulatorLimits,
): Partial<DeliverySettings> {
  if (latencyMs !== undefined && !(latencyMs >= 0)) throw invalidInput('latencyMs must not be negative')
  if (copies !== undefined) checkCopies(copies, limits)
  return {
    ...(paused === undefined ? {} : { paused }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(copies === undefined ? {} : { copies }),
    ...(order === undefined ? {} : { order }),
  }
}

function checkCopies(copies: number, { maxCopies }: EmulatorLimits): void {
  if (!Number.isInteger(copies) || copies < 1 || copies > maxCopies) {
    throw invalidInput(`copies must be from 1 to ${maxCopies}`)
  }
}
