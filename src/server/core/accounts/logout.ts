import type { Member } from '../context.ts'
import type { Ports } from '../ports.ts'
import { endSession } from './tokens.ts'

/** Ends the session that asks. */
export const logout = (ctx: Pick<Ports, 'accounts' | 'bus'> & { actor: Member }): Promise<void> =>
  endSession(ctx, ctx.actor.sessionId)
