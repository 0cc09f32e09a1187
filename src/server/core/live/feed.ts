import type { LiveEvent } from '../../contract/event.ts'
import type { Journal } from '../ports/journal.ts'
import type { Bus, Feed } from '../ports/live.ts'
import type { Log } from '../ports/system.ts'

/** Events read in one go to close a gap. */
const MAX_GAP_PAGE = 500
/** How often the heads of followed logs are compared with the log itself: the most a lost hint can cost. */
const HEAD_CHECK_MS = 1_000

interface Listener {
  after: number
  tell(event: LiveEvent): void
}

interface Followed {
  last: number
  listeners: Set<Listener>
  pending: Map<number, LiveEvent>
  healing: boolean
  unsubscribe(): void
}

const topicOf = (workspaceId: number) => `log:${workspaceId}`

/**
 * Brings every event of the followed workspaces to this node's listeners, in the order of the log, each once. The bus
 * only hurries them; a hole in the seq is filled from the log.
 */
export class LiveFeed implements Feed {
  private readonly followed = new Map<number, Followed>()
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly ports: { journal: Journal; bus: Bus; log: Log }) {}

  start() {
    this.timer ??= setInterval(() => void this.checkHeads(), HEAD_CHECK_MS)
    this.timer.unref()
  }

  close() {
    clearInterval(this.timer)
    for (const followed of this.followed.values()) followed.unsubscribe()
    this.followed.clear()
  }

  publish(workspaceId: number, event: LiveEvent | null) {
    if (event) this.ports.bus.publish(topicOf(workspaceId), event)
  }

  async listen(workspaceId: number, after: number, tell: (event: LiveEvent) => void) {
    const followed = this.followed.get(workspaceId) ?? this.follow(workspaceId, after)
    const listener = { after, tell }
    followed.listeners.add(listener)
    return () => this.unlisten(workspaceId, followed, listener)
  }

  private follow(workspaceId: number, after: number): Followed {
    const followed: Followed = {
      last: after,
      listeners: new Set(),
      pending: new Map(),
      healing: false,
      unsubscribe: this.ports.bus.subscribe(topicOf(workspaceId), (payload) =>
        this.receive(workspaceId, payload as LiveEvent),
      ),
    }
    this.followed.set(workspaceId, followed)
    return followed
  }

  private unlisten(workspaceId: number, followed: Followed, listener: Listener) {
    followed.listeners.delete(listener)
    if (followed.listeners.size > 0 || this.followed.get(workspaceId) !== followed) return
    followed.unsubscribe()
    this.followed.delete(workspaceId)
  }

  private receive(workspaceId: number, event: LiveEvent) {
    const followed = this.followed.get(workspaceId)
    if (!followed || event.seq <= followed.last) return
    if (event.seq === followed.last + 1) return this.advance(followed, event)
    if (followed.pending.size < MAX_GAP_PAGE) followed.pending.set(event.seq, event)
    void this.heal(workspaceId, followed)
  }

  private advance(followed: Followed, event: LiveEvent) {
    this.deliver(followed, event)
    for (
      let next = followed.pending.get(followed.last + 1);
      next;
      next = followed.pending.get(followed.last + 1)
    ) {
      followed.pending.delete(next.seq)
      this.deliver(followed, next)
    }
  }

  private deliver(followed: Followed, event: LiveEvent) {
    followed.last = event.seq
    for (const listener of followed.listeners) {
      if (event.seq <= listener.after) continue
      // One listener that throws must not keep the event from the others.
      try {
        listener.tell(event)
      } catch (error) {
        this.ports.log.error({ err: error }, 'A live listener failed')
      }
    }
  }

  private async heal(workspaceId: number, followed: Followed) {
    if (followed.healing) return
    followed.healing = true
    try {
      for (let isWhole = false; !isWhole; ) {
        const page = await this.ports.journal.read(workspaceId, followed.last, MAX_GAP_PAGE)
        for (const event of page.events) if (event.seq > followed.last) this.advance(followed, event)
        // Events of what is gone since are not read back: the place moves on past them.
        followed.last = Math.max(followed.last, page.through)
        isWhole = page.through >= page.head
      }
    } catch (error) {
      this.ports.log.warn(
        { err: error, workspaceId },
        'The log could not be read; trying again at the next check',
      )
    } finally {
      followed.healing = false
      for (const seq of followed.pending.keys()) if (seq <= followed.last) followed.pending.delete(seq)
    }
  }

  private async checkHeads() {
    if (this.followed.size === 0) return
    const heads = await this.ports.journal
      .heads([...this.followed.keys()])
      .catch(() => new Map<number, number>())
    for (const [workspaceId, head] of heads) {
      const followed = this.followed.get(workspaceId)
      if (followed && head > followed.last) await this.heal(workspaceId, followed)
    }
  }
}
