import type { SessionEnd, Sessions, WatchedMember } from '../ports/live.ts'
import type { Ports } from '../ports.ts'
import { onSessionWord } from './session-end.ts'
import { hasKept } from './standing.ts'

const RECHECK_MS = 5_000
/** How exactly a session's last use is known; it is written no more often. */
const SEEN_EVERY_MS = 60_000
/** Sessions without a socket that are noted as used in one round; the others are with their next call. */
const MAX_USED = 10_000

interface Watcher {
  workspaces: WatchedMember['workspaces']
  end(why: SessionEnd): void
}

/**
 * Ends what lives on a session when the session ends or its person loses a role: at once where the bus says so, within
 * 5 s where it does not. However many sockets there are, a check is one read. A database that is away ends nobody.
 */
export class SessionWatch implements Sessions {
  private readonly watched = new Map<string, Set<Watcher>>()
  private readonly used = new Set<string>()
  private timer: NodeJS.Timeout | undefined
  private unsubscribe: (() => void) | undefined

  constructor(private readonly ports: Pick<Ports, 'accounts' | 'bus' | 'log'>) {}

  start() {
    this.unsubscribe = onSessionWord(this.ports.bus, {
      end: (sessionId) => this.endAll(sessionId),
      standing: () => void this.check(),
    })
    this.timer = setInterval(() => {
      void this.check()
      void this.noteUse()
    }, RECHECK_MS)
    this.timer.unref()
  }

  close() {
    clearInterval(this.timer)
    this.unsubscribe?.()
    this.watched.clear()
  }

  watch({ sessionId, workspaces }: WatchedMember, end: (why: SessionEnd) => void): () => void {
    const watchers = this.watched.get(sessionId) ?? new Set()
    const watcher = { workspaces, end }
    this.watched.set(sessionId, watchers.add(watcher))
    return () => {
      watchers.delete(watcher)
      if (watchers.size === 0 && this.watched.get(sessionId) === watchers) this.watched.delete(sessionId)
    }
  }

  seen(sessionId: string) {
    if (this.used.size < MAX_USED) this.used.add(sessionId)
  }

  async check() {
    const ids = [...this.watched.keys()]
    if (ids.length === 0) return
    try {
      const standings = await this.ports.accounts.standings(ids)
      for (const id of ids) {
        const standing = standings.get(id)
        if (!standing) this.endAll(id)
        else this.endOf(id, ({ workspaces }) => !hasKept(workspaces, standing))
      }
    } catch (error) {
      this.ports.log.warn({ err: error }, 'Sessions could not be checked')
    }
  }

  /** Writes down which sessions are in use: one write for all of them. An open socket uses its session. */
  async noteUse() {
    const ids = [...new Set([...this.used, ...this.watched.keys()])]
    this.used.clear()
    if (ids.length === 0) return
    try {
      await this.ports.accounts.touchSessions(ids, SEEN_EVERY_MS)
    } catch (error) {
      this.ports.log.warn({ err: error }, 'The last use of sessions could not be noted')
    }
  }

  private endAll(sessionId: string) {
    const watchers = this.watched.get(sessionId)
    this.watched.delete(sessionId)
    for (const { end } of watchers ?? []) end('over')
  }

  private endOf(sessionId: string, isOut: (watcher: Watcher) => boolean) {
    const watchers = this.watched.get(sessionId)
    for (const watcher of [...(watchers ?? [])].filter(isOut)) {
      watchers?.delete(watcher)
      watcher.end('changed')
    }
    if (watchers?.size === 0) this.watched.delete(sessionId)
  }
}
