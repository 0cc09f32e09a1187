import type { IncomingMessage } from 'node:http'
import { authenticateSession } from '../core/accounts/authenticate.ts'
import type { Ctx, MemberCtx } from '../core/context.ts'
import { DomainError } from '../core/errors.ts'

export interface ConsoleDeps {
  base: Ctx
  readSessionId(cookieHeader: string | undefined): Promise<string | null>
  addressOf(req: IncomingMessage): string
}

/** Who asks, by the console's cookie, in the workspace that they work in. Errors: unauthenticated. */
export async function consoleMember(deps: ConsoleDeps, req: IncomingMessage): Promise<MemberCtx> {
  const sessionId = await deps.readSessionId(req.headers.cookie)
  if (sessionId === null) throw new DomainError('unauthenticated', 'Sign in to continue')
  const member = await authenticateSession(deps.base, sessionId)
  const actor = { ...member, workspaces: member.workspaces.filter(({ id }) => id === member.workspaceId) }
  return { ...deps.base, actor: { ...actor, address: deps.addressOf(req) } }
}
