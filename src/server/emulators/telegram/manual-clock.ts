import type { Clock } from './clock.ts'

type Alarm = { at: number; run: () => void }

/** A clock that stands still until it is moved: for tests and for travelling in time. */
export class ManualClock implements Clock {
  #now: number
  readonly #alarms = new Set<Alarm>()

  constructor(startMs: number) {
    this.#now = startMs
  }

  now(): number {
    return this.#now
  }

  schedule(ms: number, run: () => void): () => void {
    const alarm = { at: this.#now + ms, run }
    this.#alarms.add(alarm)
    return () => this.#alarms.delete(alarm)
  }

  /** How long until the next alarm, or null when none is set. */
  nextIn(): number | null {
    const next = this.#earliest()
    return next === null ? null : next.at - this.#now
  }

  /** Milliseconds until each alarm, soonest first. */
  waiting(): number[] {
    return [...this.#alarms].map((alarm) => alarm.at - this.#now).sort((a, b) => a - b)
  }

  /** Moves time forward and rings every alarm on the way, in order. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#earliest(); next !== null && next.at <= end; next = this.#earliest()) {
      this.#alarms.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
    }
    this.#now = end
  }

  #earliest(): Alarm | null {
    let earliest: Alarm | null = null
    for (const alarm of this.#alarms) if (earliest === null || alarm.at < earliest.at) earliest = alarm
    return earliest
  }
}
