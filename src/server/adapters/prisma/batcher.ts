/** Members of one group at the most. */
const MAX_GROUP = 500
/** Members that may wait; beyond it callers are refused rather than memory filled. */
const MAX_WAITING = 20_000

interface Waiting<I, O> {
  item: I
  resolve(value: O): void
  reject(error: unknown): void
}

/** Thrown to a caller when more than MAX_WAITING appends are waiting. */
export class BatcherFull extends Error {}

/**
 * Collects what arrives while a group is under way and hands it over as the next one, in order of arrival. `run`
 * answers one result or Error per item. Idle, an item waits for nothing but the current turn of the event loop.
 */
export class Batcher<I, O> {
  private waiting: Waiting<I, O>[] = []
  private running = false

  constructor(private readonly run: (items: I[]) => Promise<(O | Error)[]>) {}

  add(item: I): Promise<O> {
    if (this.waiting.length >= MAX_WAITING)
      return Promise.reject(new BatcherFull('Too many appends are waiting'))
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject })
      if (!this.running) this.start()
    })
  }

  private start() {
    this.running = true
    setImmediate(() => void this.drain())
  }

  private async drain() {
    while (this.waiting.length > 0) await this.flush(this.waiting.splice(0, MAX_GROUP))
    this.running = false
  }

  private async flush(group: Waiting<I, O>[]) {
    const results = await this.runIsolated(group.map((member) => member.item))
    for (const [index, member] of group.entries()) {
      const result = results[index]
      if (result instanceof Error || result === undefined) member.reject(result ?? new Error('No result'))
      else member.resolve(result)
    }
  }

  /** One poisoned member must not fail its neighbours: a group that fails is run again one by one. */
  private async runIsolated(items: I[]): Promise<(O | Error)[]> {
    try {
      return await this.run(items)
    } catch (error) {
      if (items.length === 1) return [toError(error)]
      const results: (O | Error)[] = []
      for (const item of items) results.push(...(await this.runIsolated([item])))
      return results
    }
  }
}

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
