import type { ChannelCheck, ChannelHealth } from '../../contract/channel-health.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Channels, StoredChannel } from '../ports/channels.ts'
import type { Examination } from '../ports/platform.ts'
import { MINUTE_MS } from '../security/budget.ts'
import { checksOf } from './checks.ts'
import { isContested } from './contest.ts'
import { platformOf } from './platform-of.ts'
import { isOurs, isPolled } from './webhook.ts'

/** Examinations that one person or key may ask for in a minute. */
export const EXAMINATIONS_PER_MINUTE = 60
/** A platform that has not answered by then cannot be reached. */
const WITHIN_MS = 9_000
/** What was found is good for others who ask that soon after. */
export const GOOD_FOR_MS = 15_000
/** Channels of which a node remembers what was found; the longest known goes first. */
const MAX_KNOWN = 1_000
const DAY_MS = 86_400_000
/** Newest notes that are looked through for refusals of this channel's webhook. */
const NOTES = 100

interface Known {
  at: number
  health: Promise<ChannelHealth>
  isOver: boolean
  /** Whether it had stopped, and why. */
  stopped: string | null
}
const known = new WeakMap<Channels, Map<number, Known>>()

/**
 * Looks at a channel of the workspace, asking its platform, and says what was found; one look at a time on a node, whoever
 * asks. Everybody who answers customers may. Errors: not_found, rate_limited.
 */
export async function examineChannel(
  ctx: MemberCtx,
  { channelId, isFresh = false }: { channelId: number; isFresh?: boolean },
): Promise<ChannelHealth> {
  const channel = await requireOwnChannel(ctx, channelId)
  await takeExamination(ctx)
  const held = known.get(ctx.channels) ?? new Map<number, Known>()
  known.set(ctx.channels, held)
  const found = held.get(channelId)
  if (!found) return begin(ctx, channel, held)
  const isGood = !found.isOver || ctx.clock.now() - found.at < GOOD_FOR_MS
  // Whoever hears that a channel has stopped looks at once, and is to see that it has.
  if (!isFresh && isGood && found.stopped === stoppedOf(channel)) return found.health
  // A look that began before may not know what was just done.
  if (!found.isOver) await found.health.catch(() => {})
  const next = held.get(channelId)
  return next && next !== found ? next.health : begin(ctx, channel, held)
}

const stoppedOf = ({ isConnect, stoppedReason }: StoredChannel) => (isConnect ? null : (stoppedReason ?? ''))

/** What was found is no longer so. */
export const forgetLook = ({ channels }: Pick<MemberCtx, 'channels'>, channelId: number): void =>
  void known.get(channels)?.delete(channelId)

function begin(ctx: MemberCtx, channel: StoredChannel, held: Map<number, Known>): Promise<ChannelHealth> {
  const look: Known = {
    at: ctx.clock.now(),
    isOver: false,
    stopped: stoppedOf(channel),
    health: lookAt(ctx, channel),
  }
  const over = () => {
    look.isOver = true
  }
  look.health.then(over, () => held.delete(channel.id))
  held.delete(channel.id)
  held.set(channel.id, look)
  if (held.size > MAX_KNOWN) held.delete(held.keys().next().value ?? 0)
  return look.health
}

/** A channel of the workspace. Errors: not_found. */
export async function requireOwnChannel(ctx: MemberCtx, channelId: number): Promise<StoredChannel> {
  const channel = await ctx.channels.findById(channelId)
  if (channel?.workspaceId !== ctx.actor.workspaceId) throw new DomainError('not_found', 'Channel not found')
  return channel
}

/** Takes one examination from the budget of whoever asks. Errors: rate_limited. */
export async function takeExamination(ctx: MemberCtx): Promise<void> {
  if (!ctx.settings.limits.isRateLimited) return
  const { key, userId } = ctx.actor
  const whose = key ? `key:${key.id}` : `user:${userId}`
  const taken = await ctx.limiter.take(`examine:${whose}`, EXAMINATIONS_PER_MINUTE, MINUTE_MS)
  if (taken.allowed) return
  const { retryAfterMs } = taken
  throw new DomainError('rate_limited', 'Channels were examined too often', { cause: { retryAfterMs } })
}

async function lookAt(ctx: MemberCtx, channel: StoredChannel): Promise<ChannelHealth> {
  const examination = await ask(ctx, channel)
  // Read last, for the platform took its time.
  const now = ctx.clock.now()
  const [queue, refusedAt, isFoughtOver] = await Promise.all([
    ctx.deliveries.ofChannel(channel.id, now - DAY_MS),
    lastRefusal(ctx, channel),
    isContested(ctx, channel.id),
  ])
  const checks = checksOf({
    channel: (await ctx.channels.findById(channel.id)) ?? channel,
    now,
    examination,
    queue,
    way: isPolled(ctx, channel) ? 'polled' : channel.source === 'website' ? 'none' : 'webhook',
    isOurs: (url) => isOurs(ctx, channel, url),
    refusedAt,
    isContested: isFoughtOver,
  })
  return {
    channel_id: channel.id,
    state: worstOf(checks),
    checked_at: new Date(now).toISOString(),
    checks,
  }
}

/** Null where there is nobody to ask. */
async function ask(ctx: MemberCtx, channel: StoredChannel): Promise<Examination | null> {
  const platform = platformOf(ctx, channel.source)
  if (!platform?.examine) return null
  const silence: Examination = {
    token: 'unreachable',
    words: null,
    account: null,
    webhook: null,
    isSecretKnown: null,
    clockAheadMs: null,
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Examination>((resolve) => {
    timer = setTimeout(() => resolve(silence), WITHIN_MS)
  })
  try {
    return await Promise.race([platform.examine(channel), late])
  } catch (err) {
    ctx.log.warn({ channelId: channel.id, err }, 'A channel could not be examined')
    return silence
  } finally {
    clearTimeout(timer)
  }
}

/** Where one address serves all accounts nobody can tell for whom a body was that nobody signed. */
async function lastRefusal(ctx: MemberCtx, channel: StoredChannel): Promise<string | null> {
  const { workspaceId, id, source } = channel
  const scope = source === 'instagram' ? ('instance' as const) : { workspaceIds: [workspaceId] }
  const notes = await ctx.reports.events(scope, { kinds: ['failed_authentication'], limit: NOTES })
  const isOfIt = (detail: Record<string, unknown>) =>
    source === 'instagram' ? detail.source === source : detail.channel === id
  const refusal = notes.find(({ detail }) => detail.by === 'webhook' && isOfIt(detail))
  return refusal?.at ?? null
}

/** What nobody can tell is no fault of the channel's, but a platform that does not answer is worth a look. */
function worstOf(checks: ChannelCheck[]): ChannelHealth['state'] {
  if (checks.some(({ state }) => state === 'broken')) return 'broken'
  const isDoubtful = ({ code, state }: ChannelCheck) =>
    state === 'warning' || (state === 'unknown' && code !== 'proof')
  return checks.some(isDoubtful) ? 'warning' : 'ok'
}
