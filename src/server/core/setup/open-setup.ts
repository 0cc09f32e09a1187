import type { Ports } from '../ports.ts'
import { spellCode } from '../security/one-time-code.ts'

const CODE_LIVES_MS = 24 * 60 * 60 * 1_000

/**
 * A new code for whoever reads the server's output, where the instance waits for its administrator; else null. Every
 * node makes its own, and each is good at all of them.
 */
export async function openSetup(
  ctx: Pick<Ports, 'setupCodes' | 'settings' | 'ids' | 'tokens' | 'clock'>,
): Promise<string | null> {
  if (!(await isSetupOpen(ctx))) return null
  const code = ctx.ids.code()
  await ctx.setupCodes.add(ctx.tokens.digest(code), ctx.clock.now() + CODE_LIVES_MS)
  return spellCode(code)
}

/** True while the instance waits for somebody with a setup code. */
export const isSetupOpen = async (ctx: Pick<Ports, 'setupCodes' | 'settings'>): Promise<boolean> =>
  ctx.settings.firstAdministrator === 'brings_code' && !(await ctx.setupCodes.isDone())
