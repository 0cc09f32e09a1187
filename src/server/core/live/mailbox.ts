import { DomainError } from '../errors.ts'

/** A bounded queue that is read with `for await`; it ends when `signal` aborts and fails when it overflows. */
export class Mailbox<T> implements AsyncIterable<T> {
  private items: T[] = []
  private wake: (() => void) | undefined
  private overflown = false

  constructor(
    private readonly bound: number,
    private readonly signal: AbortSignal | undefined,
  ) {
    signal?.addEventListener('abort', () => this.wake?.(), { once: true })
  }

  put(item: T) {
    if (this.items.length >= this.bound) this.overflown = true
    else this.items.push(item)
    this.wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    while (!this.signal?.aborted) {
      const batch = this.items
      this.items = []
      yield* batch
      if (this.items.length > 0) continue
      if (this.overflown) throw new DomainError('unavailable', 'The reader is too slow; resume by position')
      await new Promise<void>((resolve) => {
        this.wake = resolve
        if (this.signal?.aborted) resolve()
      })
    }
  }
}
