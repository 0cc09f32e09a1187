import { limitKeyOf } from '../../contract/network.ts'
import type { Ctx, Member } from '../../core/context.ts'
import { MINUTE_MS } from '../../core/security/budget.ts'
import type { Doors, Origin } from '../../core/security/doors.ts'
import { noteSecurity } from '../../core/security/note.ts'

const TOO_MANY = 'Too many connections'

/** How many sockets may come, and from whom: before it is known who they are by address, afterwards by person. */
export class Admission {
  private readonly unknown = new Map<string, number>()

  constructor(
    private readonly ctx: Ctx,
    private readonly doors: Pick<Doors, 'noteFailedAuth'>,
  ) {}

  /** Holds one of an address's places for sockets that are not authenticated; null where they are taken. */
  wait(address: string): (() => void) | null {
    const key = limitKeyOf(address)
    const waiting = this.unknown.get(key) ?? 0
    if (waiting >= this.ctx.settings.limits.unauthenticatedPerAddress) return null
    this.unknown.set(key, waiting + 1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      const left = (this.unknown.get(key) ?? 1) - 1
      if (left > 0) this.unknown.set(key, left)
      else this.unknown.delete(key)
    }
  }

  noteFailedAuth(origin: Origin) {
    return this.doors.noteFailedAuth(origin)
  }

  /**
   * Takes one of a person's sockets and one of their opens in this minute; answers why not, or how to renew and give
   * back the place. A refused open is not counted.
   */
  async enter(actor: Member, connectionId: string): Promise<string | Place> {
    const { slots, limiter, settings } = this.ctx
    const key = `raw:${actor.userId}`
    if (!(await slots.acquire(key, connectionId, settings.limits.connectionsPerUser)))
      return this.refuse(actor)
    const release = () => void slots.release(key, connectionId)
    if (settings.limits.isRateLimited) {
      const open = await limiter.take(`open:${actor.userId}`, settings.limits.connectionsPerMinute, MINUTE_MS)
      if (!open.allowed) {
        release()
        return this.refuse(actor)
      }
    }
    noteSecurity({ ...this.ctx, actor }, 'connection_attempt')
    return { renew: () => void slots.renew(key, connectionId), release }
  }

  private refuse(actor: Member): string {
    noteSecurity({ ...this.ctx, actor }, 'connection_limit')
    return TOO_MANY
  }
}

export interface Place {
  renew(): void
  release(): void
}
