import { expect, it } from 'vitest'
import { consoleSignIn } from '../accounts/console.ts'
import { login } from '../accounts/login.ts'
import { codeAt, enrol, FROM, openKim, PASSWORD } from './two-factor.testing.ts'

type Kim = Awaited<ReturnType<typeof openKim>>
const signIn = (kim: Kim, otp?: string | null, { password = PASSWORD, address = FROM.address } = {}) =>
  login(kim.ctx, { email_or_username: 'kim', password, otp, userAgent: '', address })
const wanted = { code: 'unauthenticated', cause: 'otp_required' }
const wrong = { code: 'unauthenticated', cause: 'otp_invalid' }

it('asks for a code once the password was right, on both ways in, and opens no session before', async () => {
  const test = await openKim()
  await enrol(test)
  const before = test.state.sessions.size
  for (const otp of [undefined, null, '', '  ']) await expect(signIn(test, otp)).rejects.toMatchObject(wanted)
  const console = consoleSignIn(test.ctx, { login: 'kim', password: PASSWORD, ...FROM })
  await expect(console).rejects.toMatchObject(wanted)
  expect(test.state.sessions.size).toBe(before)
})

it('says nothing of a second factor to whom the password is wrong, and spends no code of theirs', async () => {
  const test = await openKim()
  const { next } = await enrol(test)
  const code = next()
  for (const otp of [undefined, code, '000000'])
    await expect(signIn(test, otp, { password: 'wrong' })).rejects.toThrow(
      'Invalid email/username or password.',
    )
  await expect(signIn(test, code)).resolves.toBeDefined()
})

it('takes a code once: the same one is refused at the next door, and so is the one before it', async () => {
  const test = await openKim()
  const { secret, next } = await enrol(test)
  const code = next()
  await expect(signIn(test, code)).resolves.toBeDefined()
  await expect(signIn(test, code)).rejects.toMatchObject(wrong)
  const console = consoleSignIn(test.ctx, { login: 'kim', password: PASSWORD, otp: code, ...FROM })
  await expect(console).rejects.toMatchObject(wrong)
  await expect(signIn(test, codeAt(secret, test.clock.now() - 30_000))).rejects.toMatchObject(wrong)
  await expect(signIn(test, next())).resolves.toBeDefined()
})

it('takes a code of the step before or after, and none that is older or from later', async () => {
  const test = await openKim()
  const { secret, next } = await enrol(test)
  next()
  next()
  const at = (steps: number) => codeAt(secret, test.clock.now() + steps * 30_000)
  for (const steps of [-2, 2]) await expect(signIn(test, at(steps))).rejects.toMatchObject(wrong)
  for (const steps of [-1, 0, 1]) await expect(signIn(test, at(steps))).resolves.toBeDefined()
})

it('takes Persian digits and spaces', async () => {
  const test = await openKim()
  const { next } = await enrol(test)
  const persian = next().replace(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit)))
  await expect(signIn(test, ` ${persian.slice(0, 3)} ${persian.slice(3)}`)).resolves.toBeDefined()
})

it('takes each recovery code once, and writes down that it was used', async () => {
  const test = await openKim()
  const [code = ''] = (await enrol(test)).codes
  await expect(signIn(test, code.toUpperCase())).resolves.toBeDefined()
  await expect(signIn(test, code)).rejects.toMatchObject(wrong)
  expect(test.state.audit[0]).toMatchObject({
    action: 'account.recovery_code_used',
    actor: { kind: 'member', id: test.kim.actor.userId },
    after: { left: 9 },
    address: FROM.address,
  })
})

it('lets nobody guess on, from however many addresses and with limits switched off, but a recovery code is let in', async () => {
  const test = await openKim()
  const { codes, next } = await enrol(test)
  const guesses = Array.from({ length: 40 }, (_, index) =>
    signIn(test, '000000', { address: `192.0.2.${index}` }).catch((error: unknown) => error),
  )
  const answers = (await Promise.all(guesses)) as { code: string }[]
  // One of the ten was taken when the app was confirmed.
  expect(answers.filter(({ code }) => code === 'unauthenticated')).toHaveLength(9)
  const right = signIn(test, next(), { address: '192.0.2.99' })
  await expect(right).rejects.toMatchObject({ code: 'rate_limited' })
  await expect(signIn(test, codes[0], { address: '192.0.2.99' })).resolves.toBeDefined()
  test.clock.advance(15 * 60_000)
  await expect(signIn(test, next())).resolves.toBeDefined()
})

it('lets one address guess at no more accounts than the limit of addresses allows', async () => {
  const test = await openKim()
  const { codes } = await enrol(test)
  const unknown = 'x'.repeat(24)
  const guess = () => signIn(test, unknown).catch((error: { code: string }) => error.code)
  const answers = []
  for (let tries = 0; tries < 62; tries++) answers.push(await guess())
  expect(answers.at(-1)).toBe('rate_limited')
  expect(answers[0]).toBe('unauthenticated')
  await expect(signIn(test, codes[0], { address: '198.51.100.1' })).resolves.toBeDefined()
})
