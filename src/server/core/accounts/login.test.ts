import { expect, it } from 'vitest'
import { createTestCtx } from '../context.testing.ts'
import { login } from './login.ts'
import { register } from './register.ts'

const FROM = { userAgent: '', address: '203.0.113.9' }
const PASSWORD = 'a long password'

/** How many passwords are looked at while somebody signs in: that is where the time goes. */
async function open() {
  const { ctx } = createTestCtx()
  const looked: (string | null)[] = []
  const { verify } = ctx.passwords
  const passwords = {
    ...ctx.passwords,
    verify: (hash: string | null, password: string) => {
      looked.push(hash)
      return verify(hash, password)
    },
  }
  const ports = { ...ctx, passwords }
  const kim = { username: 'kim', email: 'kim@example.com', password: PASSWORD, first_name: '', last_name: '' }
  await register(ports, { ...kim, ...FROM })
  looked.length = 0
  const attempt = (name: string, password: string) =>
    login(ports, { email_or_username: name, password, ...FROM }).catch((error: unknown) => error)
  return { attempt, looked }
}

it('does the same work for a person who is unknown as for a wrong password, in the same words', async () => {
  const { attempt, looked } = await open()
  const refused: unknown[] = []
  const work: number[] = []
  for (const name of ['kim', 'kim@example.com', 'nobody', 'nobody@example.com', 'ki\0m', '']) {
    looked.length = 0
    refused.push(await attempt(name, 'a wrong password'))
    work.push(looked.length)
  }
  expect(work).toEqual(refused.map(() => 1))
  for (const error of refused)
    expect(error).toMatchObject({
      code: 'unauthenticated',
      message: 'Invalid email/username or password.',
    })
})

it('looks at no password any more once too many were wrong, the right one included', async () => {
  const { attempt, looked } = await open()
  for (let index = 0; index < 10; index++) await attempt('kim', 'a wrong password')
  looked.length = 0
  expect(await attempt('kim', PASSWORD)).toMatchObject({ code: 'rate_limited' })
  expect(looked).toEqual([])
})
