import { platformOf } from '../channels/platform-of.ts'
import type { Ctx } from '../context.ts'
import { pause } from '../pause.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { ParsedEvent } from '../ports/platform.ts'
import { createAcquaintance } from './acquaintance.ts'
import { applyEvent, type Outcome } from './apply.ts'
import { createLanes } from './lanes.ts'
import { createReceipts } from './receipts.ts'
import { type Kick, personOf } from './receive.ts'
import { createWaiters } from './waiters.ts'

/** Events in hand at once. */
const MAX_IN_HAND = 200
/** Events claimed by one statement. */
const CLAIM_BATCH = 50
/** Nobody waits for an event while this many are in hand: the platform's answer is not to be held up by a queue. */
export const MAX_WAITING = 20
export const MAX_TRIES = 5
const LEASE_MS = 60_000
const SWEEP_MS = 1_000
const FIRST_PAUSE_MS = 200

export interface InboundProcessor {
  kick: Kick
  start(): void
  /** Claims no more and waits for what is in hand; what fails now is left for another process. */
  close(): Promise<void>
}

/** Makes of stored events what they mean, in the order in which they came for each customer. */
export const createInboundProcessor = (ctx: Ctx): InboundProcessor => {
  const lanes = createLanes()
  const waiters = createWaiters()
  const acquaintance = createAcquaintance(ctx)
  const receipts = createReceipts(ctx)
  const ending = new AbortController()
  let sweep: NodeJS.Timeout | undefined
  let pumping: Promise<void> | null = null
  let isCalledAgain = false

  const work = async (event: RawEvent, parsed: ParsedEvent | null) => {
    const outcome = await settle(ctx, { event, parsed, signal: ending.signal })
    waiters.through(event.id)
    if (outcome === null || parsed?.kind !== 'message') return
    receipts.give(event, parsed.message.receipt)
    if (outcome === 'stored') acquaintance.meet(event, parsed.message)
  }
  const take = (event: RawEvent) => {
    const wasFull = lanes.size() >= MAX_IN_HAND - 1
    const parsed = parseOrNull(ctx, event)
    const lane = (parsed && personOf(parsed)) ?? event.id
    void lanes
      .run(`${event.channelId}:${lane}`, () => work(event, parsed))
      .then(() => {
        if (wasFull) pump()
      })
  }
  const claimAll = async () => {
    do {
      isCalledAgain = false
      while (!ending.signal.aborted && lanes.size() < MAX_IN_HAND) {
        const limit = Math.min(CLAIM_BATCH, MAX_IN_HAND - lanes.size())
        const events = await ctx.inbox.claim(limit, LEASE_MS)
        for (const event of events) take(event)
        if (events.length < limit) break
      }
    } while (isCalledAgain)
  }
  const pump = () => {
    isCalledAgain = true
    pumping ??= claimAll()
      .catch((error) => ctx.log.warn({ err: error }, 'Inbound events cannot be claimed'))
      .finally(() => {
        pumping = null
      })
  }
  const sweepOnce = async () => {
    const parked = await ctx.inbox.unpark().catch((error) => {
      ctx.log.warn({ err: error }, 'Parked events cannot be looked at')
      return { due: 0, expired: 0 }
    })
    for (let count = 0; count < parked.expired; count++)
      ctx.metrics.count('peyk_inbound_events_total', 'expired')
    if (!ending.signal.aborted) pump()
  }
  return {
    kick: (eventId) => {
      const isWorthIt = eventId !== undefined && lanes.size() + waiters.size() < MAX_WAITING
      const through = isWorthIt ? waiters.wait(eventId) : Promise.resolve()
      pump()
      return through
    },
    start: () => {
      sweep ??= setInterval(() => void sweepOnce(), SWEEP_MS).unref()
    },
    close: async () => {
      clearInterval(sweep)
      ending.abort()
      await pumping
      await lanes.idle()
      await acquaintance.idle()
      await receipts.idle()
    },
  }
}

const parseOrNull = (ctx: Ctx, event: RawEvent): ParsedEvent | null => {
  try {
    const platform = platformOf(ctx, event.source)
    return platform?.parse(event.raw) ?? null
  } catch (error) {
    ctx.log.error({ eventId: event.id, err: error }, 'A stored inbound event cannot be understood')
    return null
  }
}

type Job = { event: RawEvent; parsed: ParsedEvent | null; signal: AbortSignal }

/** Tries an event until it is through, or given up: null then. Its raw body is kept in any case. */
async function settle(ctx: Ctx, job: Job): Promise<Outcome | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await outcomeOf(ctx, job)
      if (outcome !== 'parked') await ctx.inbox.done(job.event.id, outcome)
      ctx.metrics.count('peyk_inbound_events_total', outcome)
      return outcome
    } catch (error) {
      const fields = { eventId: job.event.id, channelId: job.event.channelId, attempt, err: error }
      ctx.log.warn(fields, 'An inbound event failed')
      if (job.signal.aborted) return null
      if (attempt >= MAX_TRIES) return giveUp(ctx, job.event)
      await pause(FIRST_PAUSE_MS * 3 ** (attempt - 1), job.signal)
    }
  }
}

const outcomeOf = (ctx: Ctx, { event, parsed }: Job): Promise<Outcome> | Outcome =>
  parsed === null ? 'failed' : applyEvent(ctx, event, parsed)

async function giveUp(ctx: Ctx, event: RawEvent): Promise<null> {
  ctx.log.error({ eventId: event.id, channelId: event.channelId }, 'An inbound event is given up')
  ctx.metrics.count('peyk_inbound_events_total', 'failed')
  // Where even this cannot be written the lease runs out, and the event is tried again.
  await ctx.inbox.done(event.id, 'failed').catch(() => {})
  return null
}
