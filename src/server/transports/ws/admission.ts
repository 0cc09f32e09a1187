import { limitKeyOf } from '../../contract/network.ts'
import type { Ctx, MemberCtx } from '../../core/context.ts'
import { MINUTE_MS } from '../../core/security/budget.ts'
import type { Doors, Origin } from '../../core/security/doors.ts'
import { noteSecurity } from '../../core/security/note.ts'
import { type Place, takePlace } from '../../core/security/place.ts'

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

  /** Takes one of a person's sockets and one of their opens in this minute, or null. A refused open is not counted. */
  async enter(ctx: MemberCtx, connectionId: string): Promise<Place | null> {
    const place = await takePlace(ctx, 'raw', connectionId)
    if (!place) return null
    if (await this.takeOpen(ctx)) return place
    place.release()
    noteSecurity(ctx, 'connection_limit')
    return null
  }

  private async takeOpen({ limiter, settings: { limits }, actor }: MemberCtx): Promise<boolean> {
    if (!limits.isRateLimited) return true
    const key = `open:${actor.userId}`
    return (await limiter.take(key, limits.connectionsPerMinute, MINUTE_MS)).allowed
  }
}
