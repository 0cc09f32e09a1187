import { expect, it } from 'vitest'
import { createPasswords } from './passwords.ts'

it('verifies the right password as argon2id and no other', async () => {
  const passwords = createPasswords()
  const hash = await passwords.hash('گذرواژه-1')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.verify(hash, 'گذرواژه-1')).toBe(true)
  expect(await passwords.verify(hash, 'گذرواژه-2')).toBe(false)
  expect(await passwords.verify(null, 'گذرواژه-1')).toBe(false)
})

it('refuses more work than it may have in progress, and recovers', async () => {
  const passwords = createPasswords()
  const results = await Promise.allSettled(Array.from({ length: 66 }, () => passwords.verify(null, 'x')))
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2)
  expect(await passwords.verify(null, 'x')).toBe(false)
})
