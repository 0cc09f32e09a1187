import { expect, test } from 'vitest'
import { MAX_PASSWORD, MIN_PASSWORD } from '../../server/contract/password.ts'
import { checkRegister, refusedFields } from './register-fields.ts'

const good = {
  username: 'sara',
  email: 'sara@example.com',
  password: 'long enough',
  first_name: 'سارا',
  last_name: '',
}

test('a form in order has no problems', () => {
  expect(checkRegister(good)).toEqual({})
})

test('names may be left out, the rest may not', () => {
  expect(checkRegister({})).toEqual({ email: 'required', username: 'required', password: 'required' })
})

test.each([
  ['email', 'sara', 'email'],
  ['username', 'سارا', 'username'],
  ['username', 'a b', 'username'],
  ['password', 'x'.repeat(MIN_PASSWORD - 1), 'passwordShort'],
  ['password', 'xy'.repeat(MAX_PASSWORD), 'tooLong'],
  ['password', 'password123', 'passwordCommon'],
  ['password', 'sara@example.com', 'passwordPersonal'],
  ['first_name', 'x'.repeat(151), 'tooLong'],
])('%s %j is refused as %s', (name, value, problem) => {
  expect(checkRegister({ ...good, [name]: value })).toEqual({ [name]: problem })
})

test('the code is wanted where the form has a field for it, and only there', () => {
  expect(checkRegister({ ...good, setup_code: ' ' })).toEqual({ setup_code: 'required' })
  expect(checkRegister({ ...good, setup_code: 'abcd-0123' })).toEqual({})
  expect(refusedFields({ reason: 'refused', code: 'forbidden', field: 'setup_code' })).toEqual({
    setup_code: 'setupCode',
  })
})

test('a name that is taken is said beside its field', () => {
  expect(refusedFields({ reason: 'refused', code: 'conflict', field: 'username' })).toEqual({
    username: 'usernameTaken',
  })
  expect(refusedFields({ reason: 'refused', code: 'conflict', field: 'email' })).toEqual({
    email: 'emailTaken',
  })
})

test('a refusal that concerns no field stands above the form', () => {
  expect(refusedFields({ reason: 'refused', code: 'rate_limited', field: null })).toEqual({})
  expect(refusedFields({ reason: 'refused', code: 'conflict', field: 'constructor' })).toEqual({})
  expect(refusedFields({ reason: 'offline' })).toEqual({})
  expect(refusedFields(null)).toEqual({})
})
