import { expect, it } from 'vitest'
import { consoleRegister } from '../accounts/console.ts'
import { register } from '../accounts/register.ts'
import { createTestCtx } from '../context.testing.ts'
import type { Settings } from '../ports/settings.ts'
import { isSetupOpen, openSetup } from './open-setup.ts'

const FROM = { userAgent: 'test', address: '192.0.2.1' }
const PASSWORD = 'a long password'
const DAY = 86_400_000
const open = (settings: Partial<Settings> = {}) =>
  createTestCtx({ firstAdministrator: 'brings_code', ...settings })
const join = ({ ctx }: ReturnType<typeof createTestCtx>, name: string, setup_code?: string, from = FROM) =>
  register(ctx, { username: name, email: `${name}@example.com`, password: PASSWORD, setup_code, ...from })
const refusal = { code: 'forbidden', cause: 'setup_code' }

it('where whoever registers first administers, no code is printed and none is good', async () => {
  const test = open({ firstAdministrator: 'registers' })
  expect(await openSetup(test.ctx)).toBeNull()
  await expect(join(test, 'kim', 'abcd')).rejects.toMatchObject(refusal)
  expect((await join(test, 'kim')).user.isInstanceAdmin).toBe(true)
})

it('whoever registers without a code administers nothing, even the very first', async () => {
  const test = open()
  expect((await join(test, 'kim')).user.isInstanceAdmin).toBe(false)
  expect(await isSetupOpen(test.ctx)).toBe(true)
})

it('whoever brings a code of any node administers, once, and nobody after', async () => {
  const test = open()
  const [one, two] = [await openSetup(test.ctx), await openSetup(test.ctx)]
  const { user } = await join(test, 'kim', ` ${two?.toUpperCase()} `)
  expect(user.isInstanceAdmin).toBe(true)
  expect(test.state.audit[0]).toMatchObject({ action: 'instance.claimed', target: `user:${user.id}` })
  for (const code of [one, two]) await expect(join(test, 'lee', code ?? '')).rejects.toMatchObject(refusal)
  expect(await isSetupOpen(test.ctx)).toBe(false)
  expect(await openSetup(test.ctx)).toBeNull()
  expect((await join(test, 'lee')).user.isInstanceAdmin).toBe(false)
})

it('a code is good for a day, and a name that is taken does not use it up', async () => {
  const test = open()
  const code = (await openSetup(test.ctx)) ?? ''
  await join(test, 'kim')
  await expect(join(test, 'kim', code)).rejects.toMatchObject({ code: 'conflict' })
  test.clock.advance(DAY)
  await expect(join(test, 'lee', code)).rejects.toMatchObject(refusal)
  const fresh = (await openSetup(test.ctx)) ?? ''
  expect((await join(test, 'lee', fresh)).user.isInstanceAdmin).toBe(true)
})

it('a code opens a closed registration, once, on the console too', async () => {
  const test = open({ allowRegistration: false })
  const code = (await openSetup(test.ctx)) ?? ''
  const closed = { code: 'forbidden', message: 'Registration is closed' }
  for (const none of [undefined, '', ' ']) await expect(join(test, 'kim', none)).rejects.toMatchObject(closed)
  const names = { username: 'kim', email: 'kim@example.com', firstName: '', lastName: '' }
  const { userId } = await consoleRegister(test.ctx, {
    ...names,
    password: PASSWORD,
    setupCode: code,
    ...FROM,
  })
  expect(await test.ctx.accounts.findById(userId)).toMatchObject({ isInstanceAdmin: true })
  await expect(join(test, 'lee', code)).rejects.toMatchObject(refusal)
})

it('is not guessed at for long by one address, while another may still bring the code', async () => {
  const test = open()
  const code = (await openSetup(test.ctx)) ?? ''
  for (let tries = 0; tries < 10; tries++)
    await expect(join(test, 'kim', 'wrong')).rejects.toMatchObject(refusal)
  await expect(join(test, 'kim', code)).rejects.toMatchObject({ code: 'rate_limited' })
  const elsewhere = { ...FROM, address: '198.51.100.7' }
  expect((await join(test, 'kim', code, elsewhere)).user.isInstanceAdmin).toBe(true)
})

it('leaves no trace of the code in the log or the audit log', async () => {
  const test = open()
  const code = (await openSetup(test.ctx)) ?? ''
  await join(test, 'kim', code)
  const kept = JSON.stringify([test.state.audit, test.log.sentences, [...test.state.users.values()]])
  expect(kept).not.toContain(code)
  expect(kept).not.toContain(code.replaceAll('-', ''))
})
