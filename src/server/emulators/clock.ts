type Alarm = { at: number; run: () => void; stop: () => void }

/** Time as the emulator sees it: it runs, or stands still, and can be moved forward. */
export class Clock {
  readonly #frozenAt: number | null
  readonly #alarms = new Set<Alarm>()
  #travelled = 0

  /** Stands still at `frozenAtMs` where it is given. */
  constructor(frozenAtMs: number | null = null) {
    this.#frozenAt = frozenAtMs
  }

  now(): number {
    return (this.#frozenAt ?? Date.now()) + this.#travelled
  }

  /** Answers the function that cancels. */
  schedule(ms: number, run: () => void): () => void {
    const alarm: Alarm = { at: this.now() + ms, run, stop: () => {} }
    this.#alarms.add(alarm)
    this.#arm(alarm)
    return () => {
      alarm.stop()
      this.#alarms.delete(alarm)
    }
  }

  /** Moves time forward and rings every alarm on the way, in order. */
  advance(ms: number): void {
    const end = this.now() + ms
    for (let next = this.#earliest(); next !== null && next.at <= end; next = this.#earliest()) {
      this.#travelled += Math.max(0, next.at - this.now())
      this.#ring(next)
    }
    this.#travelled += Math.max(0, end - this.now())
    for (const alarm of this.#alarms) this.#arm(alarm)
  }

  /** Milliseconds until each alarm, soonest first. */
  waiting(): number[] {
    return [...this.#alarms].map((alarm) => alarm.at - this.now()).sort((a, b) => a - b)
  }

  #arm(alarm: Alarm): void {
    alarm.stop()
    if (this.#frozenAt !== null) return
    const timer = setTimeout(() => this.#ring(alarm), Math.max(0, alarm.at - this.now()))
    alarm.stop = () => clearTimeout(timer)
  }

  #ring(alarm: Alarm): void {
    alarm.stop()
    this.#alarms.delete(alarm)
    alarm.run()
  }

  #earliest(): Alarm | null {
    let earliest: Alarm | null = null
    for (const alarm of this.#alarms) if (earliest === null || alarm.at < earliest.at) earliest = alarm
    return earliest
  }
}

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0 || signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = () => {
      cancel()
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const cancel = clock.schedule(ms, finish)
    signal?.addEventListener('abort', finish, { once: true })
  })
}
