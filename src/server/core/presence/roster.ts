import type { Ports } from '../ports.ts'

/** People remembered at one place; beyond it the newest are not watched for a crash. */
const MAX_PEOPLE = 1_000

/**
 * Who is believed to be at a place. A node that dies takes its announcements with it, so the belief is compared with
 * the leases from time to time, and whoever has none left is told as gone.
 */
export class Roster {
  private readonly people = new Map<number, string>()
  private readonly timer: NodeJS.Timeout

  constructor(
    private readonly presence: Ports['presence'],
    private readonly place: string,
    private readonly tellGone: (userId: number, name: string) => void,
  ) {
    this.timer = setInterval(() => void this.compare().catch(() => {}), presence.beatMs)
    this.timer.unref()
  }

  hear(userId: number, name: string, isOnline: boolean) {
    if (!isOnline) this.people.delete(userId)
    else if (this.people.size < MAX_PEOPLE) this.people.set(userId, name)
  }

  async compare() {
    const here = new Set(await this.presence.who(this.place))
    for (const [userId, name] of this.people) {
      if (here.has(userId)) continue
      this.people.delete(userId)
      this.tellGone(userId, name)
    }
  }

  close() {
    clearInterval(this.timer)
  }
}
