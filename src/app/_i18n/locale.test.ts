import { expect, test } from 'vitest'
import { directionOf } from './direction.ts'
import { negotiateLocale } from './locale.ts'

test('the choice made in this browser wins over the account and the browser', () => {
  expect(negotiateLocale({ cookie: 'en', account: 'fa', acceptLanguage: 'fa' })).toBe('en')
})

test('without a choice the account decides', () => {
  expect(negotiateLocale({ account: 'en', acceptLanguage: 'fa' })).toBe('en')
})

test('a choice that is no language of ours is passed over', () => {
  expect(negotiateLocale({ cookie: 'de', account: 'constructor', acceptLanguage: 'en' })).toBe('en')
})

test.each([
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['FA-ir', 'fa'],
  ['fr-FR, fr;q=0.9, en;q=0.8', 'en'],
  ['en;q=0.4, fa;q=0.6', 'fa'],
  ['fa;q=0, en;q=0.1', 'en'],
  ['de, *;q=0.5', 'fa'],
  ['', 'fa'],
  [';;q=,,', 'fa'],
])('Accept-Language %j gives %s', (acceptLanguage, locale) => {
  expect(negotiateLocale({ acceptLanguage })).toBe(locale)
})

test('a header without end is read only in its beginning', () => {
  expect(negotiateLocale({ acceptLanguage: `${'de,'.repeat(50_000)}en` })).toBe('fa')
})

test('Persian is read from the right', () => {
  expect([directionOf('fa'), directionOf('en')]).toEqual(['rtl', 'ltr'])
})
