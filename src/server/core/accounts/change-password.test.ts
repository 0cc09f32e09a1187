import { expect, it } from 'vitest'
import { ListAudit } from '../../contract/audit.ts'
import { createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { authenticateSession } from './authenticate.ts'
import { changePassword } from './change-password.ts'
import { consoleRegister, consoleSignIn } from './console.ts'
import { login } from './login.ts'

const FROM = { userAgent: 'test', address: '203.0.113.9' }
const OLD = 'the old password'
const NEW = 'the new password'

async function open() {
  const test = createTestCtx()
  const names = { username: 'anna', email: 'anna@example.com', firstName: 'Anna', lastName: '' }
  const { sessionId } = await consoleRegister(test.ctx, { ...names, password: OLD, ...FROM })
  const actor = await authenticateSession(test.ctx, sessionId)
  const anna: MemberCtx = { ...test.ctx, actor: { ...actor, address: FROM.address } }
  const signIn = (password: string) => consoleSignIn(test.ctx, { login: 'anna', password, ...FROM })
  return { ...test, anna, signIn }
}

it('takes the place of the old one, ends the other sessions and keeps this one', async () => {
  const { ctx, anna, signIn } = await open()
  const other = (await signIn(OLD)).sessionId
  expect(await changePassword(anna, { current: OLD, password: NEW })).toEqual({ ended: 1 })
  await expect(authenticateSession(ctx, other)).rejects.toMatchObject({ code: 'unauthenticated' })
  expect((await authenticateSession(ctx, anna.actor.sessionId)).name).toBe('Anna')
  await expect(signIn(OLD)).rejects.toMatchObject({ code: 'unauthenticated' })
  await signIn(NEW)
  const entries = await ctx.audit.list(anna.actor.workspaceId, ListAudit.parse({}))
  expect(entries).toMatchObject([{ action: 'account.password_changed', address: FROM.address }])
  expect(JSON.stringify(entries)).not.toContain('password"')
})

it('asks for the one that holds, and counts a wrong one as the sign-in does', async () => {
  const { anna, signIn } = await open()
  for (let attempt = 0; attempt < 10; attempt++)
    await expect(changePassword(anna, { current: 'guessed', password: NEW })).rejects.toMatchObject({
      code: 'forbidden',
    })
  await expect(changePassword(anna, { current: OLD, password: NEW })).rejects.toMatchObject({
    code: 'rate_limited',
  })
  await signIn(OLD)
})

it.each([['password123'], ['anna@example.com'], ['ANNA@example.com '], ['aaaaaaaaaaa']])(
  'refuses %j, which would be guessed',
  async (password) => {
    const { anna, signIn } = await open()
    await expect(changePassword(anna, { current: OLD, password })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await signIn(OLD)
  },
)

it('is looked at once also where there is nobody, so that the time tells nothing', async () => {
  const { ctx } = await open()
  const asked: (boolean | null)[] = []
  const verify = (hash: string | null, password: string) => {
    asked.push(hash === null ? null : true)
    return ctx.passwords.verify(hash, password)
  }
  const counting = { ...ctx, passwords: { ...ctx.passwords, verify } }
  for (const name of ['anna', 'nobody', 'an\u0000na'])
    await expect(
      login(counting, { email_or_username: name, password: 'wrong', ...FROM }),
    ).rejects.toMatchObject({ message: 'Invalid email/username or password.' })
  expect(asked).toEqual([true, null, null])
})
