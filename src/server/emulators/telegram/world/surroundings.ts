import type { Clock } from '../../clock.ts'
import type { EmulatorLimits } from '../limits.ts'
import type { RetryTiming } from '../updates/retry-schedule.ts'

/** What every part of the emulator's world is given. */
export type Surroundings = {
  clock: Clock
  limits: EmulatorLimits
  retry: RetryTiming
  /** Uniform in 0..1. */
  random: () => number
}
