import { describe, expect, it } from 'vitest'
import { type CustomerDraft, changesOf, faultsIn } from './edit-fields.ts'

const before: CustomerDraft = {
  firstName: 'مریم',
  lastName: 'احمدی',
  email: '',
  phoneNumber: 'call the shop',
  description: '',
}

describe('what is sent', () => {
  it('is what was changed and nothing else', () => {
    expect(changesOf(before, { ...before, email: ' maryam@example.com ' })).toEqual({
      email: 'maryam@example.com',
    })
  })

  it('is nothing where only white space differs', () => {
    expect(changesOf(before, { ...before, firstName: ' مریم ' })).toEqual({})
  })

  it('empties what was cleared', () => {
    expect(changesOf(before, { ...before, lastName: '  ' })).toEqual({ lastName: null })
  })
})

describe('what is refused', () => {
  it.each([
    ['email', 'maryam@', { kind: 'email' }],
    ['phoneNumber', 'after six', { kind: 'phone' }],
    ['phoneNumber', '+ - ()', { kind: 'phone' }],
    ['firstName', 'ن'.repeat(101), { kind: 'tooLong', max: 100 }],
    ['email', `${'a'.repeat(250)}@example.com`, { kind: 'tooLong', max: 254 }],
    ['description', 'half \ud83c', { kind: 'unstorable' }],
  ] as const)('%s: %s', (field, value, fault) => {
    expect(faultsIn({ [field]: value })).toEqual({ [field]: fault })
  })

  it.each([
    ['phoneNumber', '+98 (21) 8888-0000'],
    ['phoneNumber', '۰۹۱۲ ۳۴۵ ۶۷۸۹'],
    ['firstName', '🌷'.repeat(100)],
    ['email', null],
  ] as const)('not %s: %s', (field, value) => {
    expect(faultsIn({ [field]: value })).toEqual({})
  })

  it('is not what nobody has touched', () => {
    expect(faultsIn(changesOf(before, { ...before, firstName: 'Maryam' }))).toEqual({})
  })
})
