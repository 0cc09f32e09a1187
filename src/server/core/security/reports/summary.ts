import type { SecuritySummary } from '../../../contract/security.ts'
import type { MemberCtx } from '../../context.ts'
import { MAX_BLOCKED } from '../blacklist.ts'
import { canManageInstance } from '../can.ts'
import { scopeOf, sinceOf } from './scope.ts'

/**
 * The seed's `get_security_summary`: of the instance to whoever runs it, else of the workspaces one watches over and of
 * oneself. Errors: invalid_input (hours).
 */
export async function getSecuritySummary(ctx: MemberCtx, hours: number): Promise<SecuritySummary> {
  const since = sinceOf(ctx, hours)
  const now = ctx.clock.now()
  const [counts, blocked] = await Promise.all([
    ctx.reports.counts(scopeOf(ctx), since),
    canManageInstance(ctx.actor) ? ctx.blockedIps.list(now, MAX_BLOCKED) : [],
  ])
  return {
    timeframe_hours: hours,
    timestamp: new Date(now).toISOString(),
    connection_attempts: counts.connection_attempt,
    failed_authentications: counts.failed_authentication,
    blacklisted_ips: blocked.length,
    spam_messages_blocked: counts.spam_blocked + counts.spam_held,
    rate_limit_violations: counts.rate_limit_violation + counts.connection_limit,
  }
}
