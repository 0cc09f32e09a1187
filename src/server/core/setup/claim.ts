import { displayName } from '../../contract/display-name.ts'
import type { Administers, UserRow } from '../ports/accounts.ts'
import type { Ports } from '../ports.ts'
import { takeSetupAttempt } from '../security/code-attempts.ts'
import { readCode } from '../security/one-time-code.ts'

type ClaimPorts = Pick<Ports, 'tokens' | 'settings' | 'limiter' | 'audit'>

/** Who a new account may become, by the setup code that came with it, if any. Throws rate_limited. */
export async function claimOf(
  ctx: ClaimPorts,
  { code, address }: { code: string | null | undefined; address: string },
): Promise<Administers> {
  if (!code?.trim()) return ctx.settings.firstAdministrator === 'registers' ? 'if_first' : 'no'
  await takeSetupAttempt(ctx, address)
  return { setupDigest: ctx.tokens.digest(readCode(code)) }
}

/** Writes down that somebody became the administrator by a setup code. */
export const noteClaim = (ctx: ClaimPorts, user: UserRow, address: string): Promise<void> =>
  ctx.audit.add({
    workspaceId: null,
    actor: { kind: 'member', id: user.id, name: displayName(user) },
    action: 'instance.claimed',
    target: `user:${user.id}`,
    before: null,
    after: null,
    address,
  })
