import { platformOf } from '../channels/platform-of.ts'
import type { Ctx } from '../context.ts'
import type { StoredChannel } from '../ports/channels.ts'
import { Rounds } from '../rounds.ts'
import { PollSession } from './poll-session.ts'
import type { Kick } from './receive.ts'

/** How often it is looked which channels there are. */
const LOOK_MS = 2_000
const PAGE = 200
/** Bots that one node asks for; what is more is left to others. */
export const MAX_SESSIONS = 500

/**
 * Asks Telegram for the updates of its bots, where Telegram cannot reach us. One node asks for a bot at a time. A channel
 * with an API server of its own is left alone: that one is near, and may call.
 */
export class Poller {
  private readonly sessions = new Map<number, PollSession>()
  private readonly looks: Rounds

  constructor(
    private readonly ctx: Ctx,
    private readonly kick: Kick,
  ) {
    this.looks = new Rounds(
      LOOK_MS,
      (isEnding) => this.attend(isEnding),
      (err) => ctx.log.warn({ err }, 'Channels to be asked for could not be read'),
    )
  }

  start() {
    if (this.ctx.settings.publicUrlIsPublic) return
    this.looks.start()
  }

  /** Ends what waits at once; what was not stored comes again to whoever asks next. */
  async close() {
    await this.looks.close()
    await Promise.all([...this.sessions.values()].map((session) => session.close()))
  }

  private async attend(isEnding: () => boolean) {
    const wanted = await this.wanted(isEnding)
    for (const [id, session] of this.sessions) {
      const channel = wanted.get(id)
      if (channel?.credentials.token === session.token && !session.isOver) continue
      this.sessions.delete(id)
      await session.close()
    }
    for (const channel of wanted.values()) if (!isEnding()) await this.open(channel)
  }

  private async open(channel: StoredChannel) {
    const isFull = this.sessions.size >= MAX_SESSIONS
    if (isFull || this.sessions.has(channel.id)) return
    const session = await PollSession.open(this.ctx, channel, this.kick)
    if (session) this.sessions.set(channel.id, session)
  }

  private async wanted(isEnding: () => boolean): Promise<Map<number, StoredChannel>> {
    const wanted = new Map<number, StoredChannel>()
    if (!platformOf(this.ctx, 'telegram')?.poll) return wanted
    for (let after = 0, isMore = true; isMore && !isEnding(); ) {
      const page = await this.ctx.channels.ofSource('telegram', { after, limit: PAGE })
      for (const channel of page)
        if (channel.isConnect && channel.apiRoot === null) wanted.set(channel.id, channel)
      after = page.at(-1)?.id ?? after
      isMore = page.length === PAGE
    }
    return wanted
  }
}
