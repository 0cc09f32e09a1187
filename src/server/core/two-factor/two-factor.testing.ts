import { TOTP } from 'otpauth'
import { authenticateToken } from '../accounts/authenticate.ts'
import { register } from '../accounts/register.ts'
import { BEGINNING, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import type { Settings } from '../ports/settings.ts'
import { beginTwoFactor, confirmTwoFactor } from './enrol.ts'

export const PASSWORD = 'a long password'
export const FROM = { userAgent: 'test', address: '192.0.2.1' }
const STEP_MS = 30_000

/** A fresh instance with Kim, who has registered, and the codes of an app that Kim may be given. */
export async function openKim(settings: Partial<Settings> = {}) {
  const test = createTestCtx(settings)
  // Tokens are verified by the real time.
  test.clock.advance(Date.now() - BEGINNING)
  const person = { username: 'kim', email: 'kim@example.com', password: PASSWORD }
  const { tokens } = await register(test.ctx, { ...person, ...FROM })
  const actor = { ...(await authenticateToken(test.ctx, tokens.access_token)), address: FROM.address }
  const kim: MemberCtx = { ...test.ctx, actor }
  return { ...test, kim }
}

/** The code that an app shows. */
export const codeAt = (secret: string, now: number): string =>
  new TOTP({ secret }).generate({ timestamp: now })

/** Turns Kim's second factor on; `next` is the code of a step that was not used yet. */
export async function enrol({ kim, clock }: Awaited<ReturnType<typeof openKim>>) {
  const { secret } = await beginTwoFactor(kim, { password: PASSWORD })
  const { codes } = await confirmTwoFactor(kim, { code: codeAt(secret, clock.now()) })
  const next = () => {
    clock.advance(STEP_MS)
    return codeAt(secret, clock.now())
  }
  return { secret, codes, next }
}
