import type { Ports } from '../ports.ts'
import { onSessionEnd } from './session-end.ts'

const RECHECK_MS = 5_000

/**
 * Ends what lives on a session when the session ends: at once where the bus says so, within 5 s where it does not.
 * However many sockets there are, a check is one read. A database that is away ends nobody.
 */
export class SessionWatch {
  private readonly watched = new Map<string, Set<() => void>>()
  private timer: NodeJS.Timeout | undefined
  private unsubscribe: (() => void) | undefined

  constructor(private readonly ports: Pick<Ports, 'accounts' | 'bus' | 'log'>) {}

  start() {
    this.unsubscribe = onSessionEnd(this.ports.bus, (sessionId) => this.end(sessionId))
    this.timer = setInterval(() => void this.check(), RECHECK_MS)
    this.timer.unref()
  }

  close() {
    clearInterval(this.timer)
    this.unsubscribe?.()
    this.watched.clear()
  }

  /** Calls `end` once when the session is over; answers how to stop watching. */
  watch(sessionId: string, end: () => void): () => void {
    const ends = this.watched.get(sessionId) ?? new Set()
    this.watched.set(sessionId, ends.add(end))
    return () => {
      ends.delete(end)
      if (ends.size === 0 && this.watched.get(sessionId) === ends) this.watched.delete(sessionId)
    }
  }

  async check() {
    const ids = [...this.watched.keys()]
    if (ids.length === 0) return
    try {
      const live = await this.ports.accounts.liveSessions(ids)
      for (const id of ids) if (!live.has(id)) this.end(id)
    } catch (error) {
      this.ports.log.warn({ err: error }, 'Sessions could not be checked')
    }
  }

  private end(sessionId: string) {
    const ends = this.watched.get(sessionId)
    this.watched.delete(sessionId)
    for (const end of ends ?? []) end()
  }
}
