import { noteContest } from '../channels/contest.ts'
import { requirePlatform } from '../channels/platform-of.ts'
import { proveChannel } from '../channels/prove.ts'
import type { Ctx } from '../context.ts'
import { isDomainError } from '../errors.ts'
import { pause } from '../pause.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { Platform, PlatformItem } from '../ports/platform.ts'
import { type Kick, keyOf, personOf } from './receive.ts'

const FIRST_PAUSE_MS = 1_000
const MAX_PAUSE_MS = 60_000

/** One bot that is asked for by this node, for as long as it holds the lease. */
export class PollSession {
  readonly token: string
  private readonly ending = new AbortController()
  private readonly beat: NodeJS.Timeout
  private readonly running: Promise<void>
  private failures = 0
  private over = false

  /** Null where another node asks for it. */
  static async open(ctx: Ctx, channel: StoredChannel, kick: Kick): Promise<PollSession | null> {
    const holder = ctx.ids.uuid()
    const isOurs = await ctx.slots.acquire(keyFor(channel), holder, 1)
    return isOurs ? new PollSession(ctx, { channel, holder, kick }) : null
  }

  private constructor(
    private readonly ctx: Ctx,
    private readonly about: { channel: StoredChannel; holder: string; kick: Kick },
  ) {
    this.token = about.channel.credentials.token
    this.beat = setInterval(() => void this.renew(), ctx.slots.beatMs)
    this.beat.unref()
    this.running = this.run().finally(() => this.end())
  }

  get isOver(): boolean {
    return this.over
  }

  async close() {
    this.ending.abort()
    await this.running
    await this.ctx.slots.release(keyFor(this.about.channel), this.about.holder)
  }

  private end() {
    this.over = true
    clearInterval(this.beat)
  }

  // Where the lease ran out in between, somebody else may have it: then that one asks.
  private async renew() {
    const { channel, holder } = this.about
    const isOurs = await this.ctx.slots.acquire(keyFor(channel), holder, 1).catch(() => false)
    if (!isOurs) this.ending.abort()
  }

  private async run() {
    const platform = requirePlatform(this.ctx, this.about.channel.source)
    const { signal } = this.ending
    let next: number | null = null
    let isAlone = false
    while (!signal.aborted) {
      try {
        if (!isAlone) await platform.removeWebhook(this.about.channel)
        isAlone = true
        const asked = await this.ask(platform, next)
        if (asked === 'over') return
        if (asked === 'again') isAlone = false
        else next = asked
      } catch (err) {
        if (signal.aborted) return
        this.ctx.log.warn({ channelId: this.about.channel.id, err }, 'Updates could not be asked for')
        await this.pause(null)
      }
    }
  }

  private async ask(platform: Platform, next: number | null): Promise<number | null | 'again' | 'over'> {
    const { channel } = this.about
    const { signal } = this.ending
    const asked = await platform.poll?.(channel, next, signal)
    if (!asked || signal.aborted) return 'over'
    if (asked.outcome === 'stopped') {
      await this.ctx.channels.stop(channel.id, asked.error)
      return 'over'
    }
    if (asked.outcome === 'items') {
      for (const item of asked.items) await this.store(platform, item)
      if (asked.items.length > 0) void this.about.kick()
      const stored = await this.ctx.channels.findById(channel.id)
      if (stored) proveChannel(this.ctx, stored)
      this.failures = 0
      // Telegram waits until something comes; whatever answers at once is not to be asked without a pause.
      if (asked.items.length === 0) await this.pause(null)
      this.failures = 0
      return asked.next
    }
    this.ctx.log.warn({ channelId: channel.id, reason: asked.error }, 'Updates were not given out')
    if (asked.outcome === 'conflict') await noteContest(this.ctx, channel.id)
    await this.pause(asked.outcome === 'retry' ? asked.retryAfterMs : null)
    return asked.outcome === 'conflict' ? 'again' : next
  }

  /** Stored raw before it is confirmed by the next question. One that is no update at all would come for ever: it is passed over. */
  private async store(platform: Platform, { raw }: PlatformItem) {
    const { id: channelId, workspaceId, source } = this.about.channel
    try {
      const parsed = platform.parse(raw)
      const event = await this.ctx.inbox.record({
        workspaceId,
        channelId,
        source,
        key: keyOf(parsed),
        raw,
        sourceId: personOf(parsed),
      })
      if (event && parsed.kind === 'ignored') await this.ctx.inbox.done(event.id, 'ignored')
    } catch (err) {
      if (!isDomainError(err) || err.code !== 'invalid_input') throw err
      this.ctx.log.error({ channelId, err }, 'An update that is none is passed over')
    }
  }

  private pause(askedMs: number | null): Promise<void> {
    const grown = Math.min(FIRST_PAUSE_MS * 2 ** this.failures++, MAX_PAUSE_MS)
    const ms = Math.max(askedMs ?? 0, grown * (1 + Math.random() / 4))
    return pause(ms, this.ending.signal)
  }
}

const keyFor = ({ id }: StoredChannel) => `poll:${id}`
