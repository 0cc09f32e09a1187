import { platformOf } from '../channels/platform-of.ts'
import type { Ctx } from '../context.ts'
import { createErrands } from '../errands.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { CustomerFields } from '../ports/journal.ts'
import type { InboundText, PlatformProfile } from '../ports/platform.ts'

/** Platforms asked at once by this node; whoever comes beyond that is asked about with their next message. */
const MAX_ASKING = 8
/** Nobody is asked about more often, whatever the answer was. */
export const ASK_EVERY_MS = 60 * 60_000
/** Longest name that is believed. */
const MAX_NAME = 150

type Writer = Pick<InboundText, 'sourceId' | 'firstName' | 'username'>

interface Acquaintance {
  /** Asks in the background who wrote, where their message does not say. What fails is left for another message. */
  meet(event: RawEvent, writer: Writer): void
  idle(): Promise<void>
}

/** Learns the names of people from platforms that tell them only when asked. */
export function createAcquaintance(ctx: Ctx): Acquaintance {
  const asking = createErrands(MAX_ASKING)
  return {
    meet(event, { firstName, username, sourceId }) {
      if (firstName || username || !platformOf(ctx, event.source)?.profile) return
      asking.run(
        () => ask(ctx, event, sourceId),
        (err) => ctx.log.warn({ channelId: event.channelId, err }, 'A customer’s name could not be learnt'),
      )
    },
    idle: asking.idle,
  }
}

async function ask(ctx: Ctx, { workspaceId, channelId, source }: RawEvent, sourceId: string): Promise<void> {
  const turn = await ctx.limiter.take(`profile:${channelId}:${sourceId}`, 1, ASK_EVERY_MS)
  if (!turn.allowed) return
  const customerId = await ctx.customers.findBySource(channelId, sourceId)
  if (customerId === null || !(await lacksName(ctx, workspaceId, customerId))) return
  const channel = await ctx.channels.findById(channelId)
  const profile = channel && (await platformOf(ctx, source)?.profile?.(channel, sourceId))
  if (profile) await fillIn(ctx, { workspaceId, customerId, profile })
}

async function lacksName(ctx: Ctx, workspaceId: number, customerId: number): Promise<boolean> {
  const known = await ctx.customers.find([workspaceId], customerId)
  return known !== null && (!known.firstName || !known.username)
}

interface Told {
  workspaceId: number
  customerId: number
  profile: PlatformProfile
}

// Looked at once more after the platform has answered: a person may have written a name meanwhile, and theirs stands.
async function fillIn(ctx: Ctx, { workspaceId, customerId, profile }: Told): Promise<void> {
  const known = await ctx.customers.find([workspaceId], customerId)
  const { name, username } = profile
  const fields: CustomerFields = {
    ...(name && !known?.firstName && !known?.lastName && { first_name: cut(name) }),
    ...(username && !known?.username && { username: cut(username) }),
  }
  if (!known || Object.keys(fields).length === 0) return
  const draft = { kind: 'customer' as const, workspaceIds: [workspaceId], customerId, fields, tagIds: null }
  const { event } = await ctx.journal.amend(draft)
  ctx.feed.publish(workspaceId, event)
}

const cut = (name: string): string => Array.from(name).slice(0, MAX_NAME).join('')
