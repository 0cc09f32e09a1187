import { DOOR_REASONS, type Door, type DoorResult } from '../contract/door.ts'
import { authenticateSession } from '../core/accounts/authenticate.ts'
import { consoleRegister, consoleSignIn, consoleSignOut } from '../core/accounts/console.ts'
import { findResetLink } from '../core/accounts/reset-link.ts'
import type { Ctx } from '../core/context.ts'
import { isDomainError } from '../core/errors.ts'
import { isSetupOpen } from '../core/setup/open-setup.ts'

/** The door that Next's pages use (contract/door.ts): plain data and error codes only. */
export function createDoor(ctx: Ctx, about: ReturnType<Door['about']>): Door {
  return {
    signIn: (input) => answer(ctx, () => consoleSignIn(ctx, input)),
    register: (input) => answer(ctx, () => consoleRegister(ctx, input)),
    isSetupOpen: () => isSetupOpen(ctx),
    signOut: (sessionId) => consoleSignOut(ctx, sessionId),
    async session(sessionId) {
      const actor = await authenticateSession(ctx, sessionId).catch(() => null)
      const user = actor && (await ctx.accounts.findById(actor.userId))
      if (!actor || !user) return null
      const { userId, name, workspaceId } = actor
      return { userId, sessionId, name, workspaceId, email: user.email, locale: user.locale }
    },
    async resetLink(token) {
      const found = await findResetLink(ctx, token)
      return found && { email: found.user.email }
    },
    about: () => about,
  }
}

async function answer<T>(ctx: Ctx, verb: () => Promise<T>): Promise<DoorResult<T>> {
  try {
    return { ok: true, value: await verb() }
  } catch (error) {
    if (isDomainError(error)) {
      const reason = DOOR_REASONS.find((one) => one === error.cause)
      return { ok: false, code: error.code, message: error.message, reason }
    }
    ctx.log.error({ err: error }, 'A page asked for something that failed')
    return { ok: false, code: 'internal', message: 'Something went wrong' }
  }
}
