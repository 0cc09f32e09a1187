import { expect, it } from 'vitest'
import { Register } from './account.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'
import { MIN_PASSWORD, passwordProblem } from './password.ts'

const sara = { email: 'Sara.Rad@example.com', username: 'Sara-123' }

it.each(['password', 'Password123', ' QWERTYUIOP ', '1q2w3e4r', 'mohammad123', 'aaaaaaaaa', '🙂🙂🙂🙂🙂'])(
  'finds %j common',
  (password) => expect(passwordProblem(password, sara)).toBe('common'),
)

it.each(['sara.rad@EXAMPLE.com', 'SARA.RAD', 'sara-123', ' Sara-123'])(
  'finds %j to be the person’s own name',
  (password) => expect(passwordProblem(password, sara)).toBe('personal'),
)

it.each(['long enough', 'گذرواژهٔ من', 'sara-1234', 'password of mine', 'aaaaaaab'])(
  'finds nothing wrong with %j',
  (password) => expect(passwordProblem(password, sara)).toBeNull(),
)

it('lists only passwords that somebody could choose here, as they are compared', () => {
  const foreign = [...COMMON_PASSWORDS].filter(
    (word) => word.length < MIN_PASSWORD || word !== word.toLowerCase(),
  )
  expect(foreign).toEqual([])
})

it.each([
  ['password123', 'This password is too common.'],
  ['sara.rad', 'This password is too similar to your email or user name.'],
])('refuses to register with %j, naming the field', (password, message) => {
  const issues = Register.safeParse({ ...sara, password }).error?.issues
  expect(issues?.map((issue) => [issue.path, issue.message])).toEqual([[['password'], message]])
})
