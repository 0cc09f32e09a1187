import type { SecurityKind } from '../../../contract/security.ts'
import {
  type Figures,
  type ListSecurityEvents,
  PERIODS,
  type SecurityEventPage,
  type SecurityEventRow,
  type SecurityOverview,
  type SecurityPeriod,
  WATCHED,
} from '../../../contract/security-watch.ts'
import type { Member, MemberCtx } from '../../context.ts'
import type { PlaceScope, SecurityEvent } from '../../ports/reports.ts'
import { MAX_BLOCKED } from '../blacklist.ts'
import { canManageInstance, canSeeSecurity, requireRight } from '../can.ts'

const HOUR_MS = 3_600_000

const mayWatch = (actor: Member) => canSeeSecurity(actor) || canManageInstance(actor)

/** Whoever runs the instance watches over all of it, an owner or admin over the workspace they work in. */
function placeOf(ctx: MemberCtx): PlaceScope {
  requireRight(ctx, mayWatch, 'Only owners and admins watch over security')
  return canManageInstance(ctx.actor) ? 'instance' : { workspaceIds: [ctx.actor.workspaceId] }
}

/** Figures of a period and how they came about, step by step. Errors: forbidden. */
export async function getSecurityOverview(
  ctx: MemberCtx,
  { period }: { period: SecurityPeriod },
): Promise<SecurityOverview> {
  const place = placeOf(ctx)
  const { hours, stepMs } = PERIODS[period]
  const now = ctx.clock.now()
  const last = Math.floor(now / stepMs) * stepMs
  const since = last - hours * HOUR_MS + stepMs
  const series = await ctx.reports.series(place, { since, stepMs })
  const points = Array.from({ length: (last - since) / stepMs + 1 }, (_, index) => {
    const at = since + index * stepMs
    const counts = series.filter((one) => one.at === at)
    return { at: new Date(at).toISOString(), ...figuresOf(counts) }
  })
  return { scope: place === 'instance' ? 'instance' : 'workspace', figures: figuresOf(series), points }
}

function figuresOf(counts: readonly { kind: SecurityKind; count: number }[]): Figures {
  const sum = (kinds: readonly SecurityKind[]) =>
    counts.reduce((total, { kind, count }) => (kinds.includes(kind) ? total + count : total), 0)
  return {
    attempts: sum(WATCHED.attempts),
    failures: sum(WATCHED.failures),
    limits: sum(WATCHED.limits),
    spam: sum(WATCHED.spam),
    blocked: sum(WATCHED.blocked),
  }
}

/** What happened, one by one, newest first. Errors: forbidden. */
export async function listSecurityEvents(
  ctx: MemberCtx,
  { of, cursor, limit }: ListSecurityEvents,
): Promise<SecurityEventPage> {
  const place = placeOf(ctx)
  const found = await ctx.reports.events(place, {
    ...(of && { kinds: [...WATCHED[of]] }),
    ...(cursor !== undefined && { before: cursor }),
    limit: limit + 1,
  })
  const held = place === 'instance' ? await ctx.blockedIps.list(ctx.clock.now(), MAX_BLOCKED) : []
  const networks = new Set(held.map(({ network }) => network))
  const page = found.slice(0, limit)
  return {
    events: page.map((event) => toRow(event, ctx.actor, networks)),
    next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

function toRow(event: SecurityEvent, actor: Member, held: Set<string>): SecurityEventRow {
  const { id, at, kind, count, workspaceId, user, address, detail } = event
  const network = textOf(detail.network)
  return {
    id,
    at,
    kind,
    count,
    isHere: workspaceId === actor.workspaceId,
    user,
    address: canManageInstance(actor) ? address : null,
    by: textOf(detail.by ?? detail.limit ?? detail.reason),
    network: network !== null && held.has(network) ? network : null,
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)
