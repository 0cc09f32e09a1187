import type { MemberCtx } from '../../core/context.ts'
import { MINUTE_MS } from '../../core/security/budget.ts'
import type { Doors, Origin } from '../../core/security/doors.ts'
import { noteSecurity } from '../../core/security/note.ts'
import { type Place, takePlace } from '../../core/security/place.ts'

/** How many sockets a person may open, and what becomes of an address whose tokens prove nobody. */
export class Admission {
  constructor(private readonly doors: Pick<Doors, 'noteFailedAuth'>) {}

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
