import { expect, it } from 'vitest'
import { AuditAction } from '../../contract/audit.ts'
import { login } from '../accounts/login.ts'
import { beginTwoFactor, confirmTwoFactor } from './enrol.ts'
import { disableTwoFactor, getTwoFactor, renewRecoveryCodes } from './manage.ts'
import { codeAt, enrol, FROM, openKim, PASSWORD } from './two-factor.testing.ts'

const signIn = (kim: Awaited<ReturnType<typeof openKim>>, otp?: string) =>
  login(kim.ctx, { email_or_username: 'kim', password: PASSWORD, otp, ...FROM })
const actionsOf = (kim: Awaited<ReturnType<typeof openKim>>) => kim.state.audit.map(({ action }) => action)

it('begins with the password alone, and asks nobody for a code until a first one was right', async () => {
  const test = await openKim()
  await expect(beginTwoFactor(test.kim, { password: 'wrong' })).rejects.toMatchObject({ code: 'forbidden' })
  const { secret, uri } = await beginTwoFactor(test.kim, { password: PASSWORD })
  expect(new URL(uri).searchParams.get('secret')).toBe(secret)
  const wrong = confirmTwoFactor(test.kim, { code: '000000' })
  await expect(wrong).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await getTwoFactor(test.kim)).toEqual({ isOn: false, recoveryLeft: 0 })
  await expect(signIn(test)).resolves.toBeDefined()
  expect(actionsOf(test)).toEqual([])
})

it('gives ten different recovery codes once, and keeps nothing that could be read', async () => {
  const test = await openKim()
  const { secret, codes } = await enrol(test)
  expect(await getTwoFactor(test.kim)).toEqual({ isOn: true, recoveryLeft: 10 })
  expect(new Set(codes).size).toBe(10)
  expect(codes.join()).toMatch(/^([\w]{4}(-\w{4}){5},?){10}$/)
  const kept = [...(test.state.secondFactors.get(test.kim.actor.userId)?.recovery ?? [])].join()
  for (const code of codes) expect(kept).not.toContain(code.replaceAll('-', ''))
  const told = JSON.stringify([test.state.audit, test.log.sentences])
  for (const hidden of [secret, ...codes]) expect(told).not.toContain(hidden)
})

it('is not begun or confirmed again while it is on', async () => {
  const test = await openKim()
  const { next } = await enrol(test)
  const again = beginTwoFactor(test.kim, { password: PASSWORD })
  await expect(again).rejects.toMatchObject({ code: 'conflict' })
  await expect(confirmTwoFactor(test.kim, { code: next() })).rejects.toMatchObject({ code: 'conflict' })
})

it('is turned off by the password and a code together, and by neither alone', async () => {
  const test = await openKim()
  const { secret, next } = await enrol(test)
  const off = (password: string, code: string) => disableTwoFactor(test.kim, { password, code })
  await expect(off('wrong', next())).rejects.toMatchObject({ code: 'forbidden' })
  await expect(off(PASSWORD, '000000')).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(signIn(test)).rejects.toMatchObject({ cause: 'otp_required' })
  // The wrong password has not spent it.
  await off(PASSWORD, codeAt(secret, test.clock.now()))
  await expect(signIn(test)).resolves.toBeDefined()
  await expect(off(PASSWORD, next())).rejects.toMatchObject({ code: 'conflict' })
  expect(actionsOf(test)).toEqual(['account.two_factor_disabled', 'account.two_factor_enabled'])
})

it('makes new recovery codes in place of the old', async () => {
  const test = await openKim()
  const { codes, next } = await enrol(test)
  const [old = ''] = codes
  const { codes: fresh } = await renewRecoveryCodes(test.kim, { password: PASSWORD, code: next() })
  await expect(signIn(test, old)).rejects.toMatchObject({ cause: 'otp_invalid' })
  await expect(signIn(test, fresh[0])).resolves.toBeDefined()
  expect(await getTwoFactor(test.kim)).toEqual({ isOn: true, recoveryLeft: 9 })
  expect(actionsOf(test)[1]).toBe(AuditAction.enum['account.recovery_codes_renewed'])
})
