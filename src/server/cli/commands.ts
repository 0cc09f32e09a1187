import { InvalidArgumentError } from 'commander'
import { makeResetLinkFor } from '../core/accounts/reset-link.ts'
import { openTokens } from '../core/accounts/tokens.ts'
import { audit } from '../core/security/audit.ts'
import { blockAddress, listBlocked, unblockAddress } from '../core/security/blacklist.ts'
import { listConnections } from '../core/security/connections/list.ts'
import { getUserActivityReport, getUserWebsocketStats } from '../core/security/reports/activity.ts'
import { getSecuritySummary } from '../core/security/reports/summary.ts'
import { facts, span, table } from './print.ts'
import { lookingAt, requireUser, type Visit } from './visit.ts'

/** What a command answers: as data, and as people read it. */
export interface Answer {
  json: unknown
  text: string
}

const MAX_HOURS = 8_760

/** An option that is a number of hours. */
export function hours(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value > 0 && value <= MAX_HOURS))
    throw new InvalidArgumentError(`Hours are a number above 0 and at most ${MAX_HOURS}.`)
  return value
}

export async function securitySummary({ ctx }: Visit, of: { hours: number }): Promise<Answer> {
  const json = await getSecuritySummary(ctx, of.hours)
  return { json, text: facts(json) }
}

export async function userStats(given: Visit, login: string, of: { hours: number }): Promise<Answer> {
  const { id } = await requireUser(given, login)
  const json = await getUserWebsocketStats(await lookingAt(given, id), id, of.hours)
  return { json, text: facts(json) }
}

export async function userReport(given: Visit, login: string): Promise<Answer> {
  const { id, username } = await requireUser(given, login)
  const json = await getUserActivityReport(await lookingAt(given, id), id)
  const { websocket_stats: stats, recent_conversations: recent, security_events: events } = json
  const text = [
    facts({ user: `${username} (${id})`, ...stats }),
    table(
      ['conversation', 'source', 'status', 'changed'],
      recent.map((one) => [one.id, one.source, one.status, one.updated_at]),
    ),
    table(
      ['when', 'what', 'times', 'address'],
      events.map((one) => [one.timestamp, one.reason, one.count, one.ip_address ?? '']),
    ),
  ].join('\n\n')
  return { json, text }
}

/** Makes the link by which somebody sets a new password; there is no mail that would bring it to them. */
export async function resetPassword({ ctx }: Visit, login: string): Promise<Answer> {
  const { url, expiresAt, user } = await makeResetLinkFor(ctx, { login })
  const text = `Within the hour ${user.username} can set a new password, once, at\n${url}`
  return { json: { url, expires_at: expiresAt, user_id: user.id }, text }
}

export async function addBlocked(
  { ctx }: Visit,
  ip: string,
  of: { hours?: number; reason: string },
): Promise<Answer> {
  // Whoever sits at the machine lets themselves in again from there.
  const json = await blockAddress(ctx, { ip, ...of, confirm: true })
  return { json, text: `${json.ip} is kept out until ${json.expires_at}.` }
}

export async function showBlocked({ ctx }: Visit): Promise<Answer> {
  const json = await listBlocked(ctx)
  const rows = json.map((one) => [one.ip, one.reason, one.created_at, one.expires_at, one.hits])
  const text =
    rows.length > 0 ? table(['network', 'reason', 'since', 'until', 'hits'], rows) : 'Nobody is kept out.'
  return { json, text }
}

export async function removeBlocked({ ctx }: Visit, ip: string): Promise<Answer> {
  await unblockAddress(ctx, { ip })
  return { json: { removed: ip }, text: `${ip} is let in again.` }
}

/** An access token for the raw protocol: a sign-in of its own, which is listed and ended like any other. */
export async function accessToken(given: Visit, login: string): Promise<Answer> {
  const { id } = await requireUser(given, login)
  const { access_token } = await openTokens(given.ctx, id, { userAgent: 'Peyk command line', address: '' })
  await audit(given.ctx, { action: 'token.printed', target: `user:${id}`, workspaceId: null })
  return { json: { access_token }, text: access_token }
}

export async function connections({ ctx }: Visit): Promise<Answer> {
  const json = await listConnections(ctx)
  const rows = json.connections.map((one) => [
    one.user.name,
    one.kind,
    one.address ?? '',
    span(ctx.clock.now() - Date.parse(one.openedAt)),
    `${one.lagBytes} B`,
    one.node,
    one.id,
  ])
  const text = `${json.total} open\n\n${table(['who', 'what', 'address', 'age', 'lag', 'node', 'id'], rows)}`
  return { json, text: rows.length > 0 ? text : 'Nobody is connected.' }
}
