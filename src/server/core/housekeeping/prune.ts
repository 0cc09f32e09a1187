import { SECURITY_DAYS } from '../../contract/security.ts'
import type { Retention } from '../ports/retention.ts'
import type { Clock, Log } from '../ports/system.ts'

const EVERY_MS = 60 * 60 * 1_000
const DAY_MS = 86_400_000
/** Rows removed by one statement, so that none holds its locks for long. */
const BATCH = 5_000
/** Raw platform events are kept this long after they were processed: they answer what a platform really sent. */
const INBOUND_DAYS = 30

/** A part of the round that others know how to do; it stops where the round is ending. */
export type Chore = (isEnding: () => boolean) => Promise<unknown>

/** Removes what is past its time, once an hour: old events of the logs, dead tokens and sessions, processed raw events, old security events. */
export class Housekeeping {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private closed = false

  constructor(
    private readonly ports: { retention: Retention; clock: Clock; log: Log },
    private readonly eventDays: number,
    private readonly chores: Chore[] = [],
  ) {}

  start() {
    this.timer = setInterval(() => this.run(), EVERY_MS)
    this.timer.unref()
    this.run()
  }

  async close() {
    this.closed = true
    clearInterval(this.timer)
    await this.running
  }

  private run() {
    this.running ??= this.prune()
      .catch((err) => this.ports.log.warn({ err }, 'What is past its time could not be removed'))
      .finally(() => {
        this.running = undefined
      })
  }

  async prune() {
    const { retention, clock } = this.ports
    const now = clock.now()
    await this.drain(() => retention.pruneEvents(now - this.eventDays * DAY_MS, BATCH))
    await this.drain(() => retention.pruneSignIns(now, BATCH))
    await this.drain(() => retention.pruneInbound(now - INBOUND_DAYS * DAY_MS, BATCH))
    await this.drain(() => retention.pruneSecurity(now - SECURITY_DAYS * DAY_MS, BATCH))
    for (const chore of this.chores) await this.try(chore)
  }

  /** One that fails keeps none of the others from being done. */
  private try(chore: Chore): Promise<unknown> {
    return chore(() => this.closed).catch((err: unknown) =>
      this.ports.log.warn({ err }, 'A part of the hourly round could not be done'),
    )
  }

  private async drain(step: () => Promise<number>) {
    while (!this.closed && (await step()) >= BATCH);
  }
}
