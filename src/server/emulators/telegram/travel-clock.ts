import type { Clock } from './clock.ts'

type Alarm = { at: number; run: () => void; timer: NodeJS.Timeout | null }

/** The clock of the wall, ahead by whatever time was skipped. */
export class TravelClock implements Clock {
  readonly #alarms = new Set<Alarm>()
  #skippedMs = 0

  now(): number {
    return Date.now() + this.#skippedMs
  }

  schedule(ms: number, run: () => void): () => void {
    const alarm: Alarm = { at: this.now() + ms, run, timer: null }
    this.#alarms.add(alarm)
    this.#set(alarm)
    return () => this.#forget(alarm)
  }

  /** Skips the time; what was to happen in it happens now, in its order. */
  advance(ms: number): void {
    this.#skippedMs += ms
    const soonestFirst = [...this.#alarms].sort((a, b) => a.at - b.at)
    for (const alarm of soonestFirst) this.#set(alarm)
  }

  #set(alarm: Alarm): void {
    if (alarm.timer !== null) clearTimeout(alarm.timer)
    alarm.timer = setTimeout(
      () => {
        this.#alarms.delete(alarm)
        alarm.run()
      },
      Math.max(0, alarm.at - this.now()),
    )
  }

  #forget(alarm: Alarm): void {
    if (alarm.timer !== null) clearTimeout(alarm.timer)
    this.#alarms.delete(alarm)
  }
}
