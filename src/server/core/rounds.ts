type Round = (isEnding: () => boolean) => Promise<unknown>

/** Does some work at once and then every so often, one round at a time. One that fails is told of; the next tries again. */
export class Rounds {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private ending = false

  constructor(
    private readonly everyMs: number,
    private readonly round: Round,
    private readonly failed: (err: unknown) => void,
  ) {}

  start() {
    this.timer = setInterval(() => this.run(), this.everyMs)
    this.timer.unref()
    this.run()
  }

  /** A round now, unless one is under way. */
  run() {
    if (this.ending) return
    this.running ??= this.round(() => this.ending)
      .then(() => {}, this.failed)
      .finally(() => {
        this.running = undefined
      })
  }

  /** Begins no more and waits for the round that is under way. */
  async close() {
    this.ending = true
    clearInterval(this.timer)
    await this.running
  }
}
