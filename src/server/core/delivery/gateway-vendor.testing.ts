import fc from 'fast-check'
import type { Ctx } from '../context.ts'
import { applyEvent } from '../inbound/apply.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { Outgoing, SendOutcome } from '../ports/platform.ts'

/** How a platform treats one hand-over; `dies` is our node, before or after the platform has it. */
const MANNERS = [
  'accept',
  'flood',
  'flood_all',
  'error',
  'lost_before',
  'lost_after',
  'hangs_before',
  'hangs_after',
  'blocked',
  'revoked',
  'dies_before',
  'dies_after',
] as const
/** When a platform that tells our messages back tells of one: before it answers, after that, some time later, or never. */
const ECHOES = ['before', 'after', 'late', 'twice', 'never'] as const

export interface Manner {
  does: (typeof MANNERS)[number]
  echo: (typeof ECHOES)[number]
}

export const anyManner: fc.Arbitrary<Manner> = fc.record({
  does: fc.constantFrom(...MANNERS),
  echo: fc.constantFrom(...ECHOES),
})

const GOOD: Manner = { does: 'accept', echo: 'after' }

const REFUSALS: Partial<Record<Manner['does'], SendOutcome>> = {
  flood: { outcome: 'retry', error: 'Too Many Requests', code: '429', retryAfterMs: 5_000 },
  flood_all: { outcome: 'retry', error: 'Too Many Requests', retryAfterMs: 3_000, scope: 'channel' },
  error: { outcome: 'retry', error: 'Internal Server Error', code: '500', retryAfterMs: null },
  blocked: { outcome: 'failed', error: 'blocked by the user', code: '403', unreachable: 'blocked' },
  revoked: { outcome: 'stopped', error: 'Unauthorized', code: '190/463' },
  lost_before: { outcome: 'ambiguous', error: 'no answer' },
  lost_after: { outcome: 'ambiguous', error: 'no answer' },
}

const ARRIVES: readonly Manner['does'][] = ['accept', 'lost_after', 'hangs_after', 'dies_after']

interface Arrival {
  recipient: string
  tag: string
  content: string
  providerId: string
}

export const tagOf = (content: string): string => content.split(' ')[0] ?? ''

/** A platform as it is from outside: what reached it, and what it has still to tell. */
export class Vendor {
  readonly arrived: Arrival[] = []
  /** What stands there now, by the platform's name for it. */
  readonly standing = new Map<string, { content: string; isDeleted: boolean }>()
  /** What it told us of, by its own name for it. */
  readonly told = new Set<string>()
  /** True once two things were under way to one contact. */
  isCrowded = false
  private readonly underWay = new Set<string>()
  private readonly untold = { after: [] as Arrival[], late: [] as Arrival[] }

  constructor(
    private readonly ctx: Ctx,
    private readonly channel: StoredChannel,
  ) {}

  /** Whether it tells our messages back. */
  get echoes(): boolean {
    return this.channel.source === 'instagram'
  }

  /** A node of ours that hands over what it claimed, and may die on the way: then nothing more of it is written. */
  nodeWith(manners: Manner[]): Ctx {
    let isDead = false
    const { ctx, channel } = this
    const send = async (_: unknown, outgoing: Outgoing): Promise<SendOutcome> => {
      const manner = manners.shift() ?? GOOD
      const providerId = await this.hear(outgoing, manner)
      isDead ||= manner.does === 'dies_before' || manner.does === 'dies_after'
      if (manner.does === 'hangs_before' || manner.does === 'hangs_after') return new Promise(() => {})
      return REFUSALS[manner.does] ?? { outcome: 'sent', providerId, result: { success: true } }
    }
    const append: Ctx['journal']['append'] = (draft) => {
      if (isDead) throw new Error('The node is dead')
      return ctx.journal.append(draft)
    }
    const platforms = { ...ctx.platforms, [channel.source]: { ...ctx.platforms.telegram, send } }
    return { ...ctx, platforms, journal: { ...ctx.journal, append } }
  }

  private async hear(outgoing: Outgoing, { does, echo }: Manner): Promise<string> {
    const { recipient } = outgoing
    this.isCrowded ||= this.underWay.has(recipient)
    this.underWay.add(recipient)
    const arrival = ARRIVES.includes(does) ? this.take(outgoing) : null
    if (arrival && echo !== 'never') {
      if (echo === 'before' || echo === 'twice') await this.tell(arrival)
      if (echo === 'after' || echo === 'twice') this.untold.after.push(arrival)
      if (echo === 'late') this.untold.late.push(arrival)
    }
    this.underWay.delete(recipient)
    return arrival?.providerId ?? ('providerId' in outgoing ? outgoing.providerId : '')
  }

  /** What is new there, or null where something known was changed. */
  private take(outgoing: Outgoing): Arrival | null {
    if (outgoing.op === 'send') {
      const { recipient, content } = outgoing
      const providerId = `p${this.arrived.length + 1}`
      const arrival = { recipient, tag: tagOf(content), content, providerId }
      this.arrived.push(arrival)
      this.standing.set(providerId, { content, isDeleted: false })
      return arrival
    }
    const known = this.standing.get(outgoing.providerId)
    if (known && outgoing.op === 'edit') known.content = outgoing.content
    if (known && outgoing.op === 'delete') known.isDeleted = true
    return null
  }

  /** Tells what it has not told yet. */
  async tellRest(which: 'after' | 'late') {
    for (const arrival of this.untold[which].splice(0)) await this.tell(arrival)
  }

  private async tell({ recipient, content, providerId }: Arrival) {
    if (!this.echoes) return
    this.told.add(providerId)
    const { id: channelId, workspaceId, source } = this.channel
    const event = { id: '0', channelId, workspaceId, source, raw: '' }
    const nobody = { firstName: null, lastName: null, username: null }
    const said = { key: providerId, providerId, sourceId: recipient, content, kind: 'text' as const }
    await applyEvent(this.ctx, event, { kind: 'echo', isOurs: null, message: { ...said, ...nobody } })
  }
}
