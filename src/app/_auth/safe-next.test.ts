import { expect, test } from 'vitest'
import { HOME, loginPath, safeNext } from './safe-next.ts'

test.each([
  '/inbox',
  '/inbox/aB3_x',
  '/settings/channels?new=1#token',
  '/invitations/q-8Zk',
  '/simulator?chats=1,2',
  '/inbox?search=%D8%B3%D9%84%D8%A7%D9%85',
])('%j is a place inside the site', (next) => {
  expect(safeNext(next)).toBe(next)
})

test.each([
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/../..//evil.example',
  '/%2e//evil.example',
  '/%2f/evil.example',
  '/%2F%2Fevil.example',
  '%2f%2fevil.example',
  '/%5cevil.example',
  '/inbox%0d%0aLocation:%20https://evil.example',
  '/inbox\r\nLocation: https://evil.example',
  'https:evil.example',
  'https://evil.example',
  'HTTPS://EVIL.EXAMPLE',
  'https:/evil.example',
  'https://localhost@evil.example',
  'https://localhost:8000@evil.example/inbox',
  'http://localhost:8000/inbox',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'inbox',
  '?next=/inbox',
  '#inbox',
  '@evil.example',
  '.evil.example',
  '/%E0%A4%A',
  '/inbox/\u0000',
  '',
])('%j leads to the inbox instead', (next) => {
  expect(safeNext(next)).toBe(HOME)
})

test('what is no single text leads to the inbox', () => {
  expect([undefined, null, ['/settings', '//evil.example'], 7].map(safeNext)).toEqual([
    HOME,
    HOME,
    HOME,
    HOME,
  ])
})

test('an address without end leads to the inbox', () => {
  expect(safeNext(`/inbox?${'a'.repeat(5_000)}`)).toBe(HOME)
})

test.each([
  '/login',
  '/login?next=/inbox',
  '/register',
  '/setup',
  '/api/auth/signout',
  '/trpc/people.me',
  '/a/../login',
])('%j is no place to arrive at', (next) => {
  expect(safeNext(next)).toBe(HOME)
})

test('whatever comes out stays on the origin it is opened from', () => {
  const corpus = ['/./\\evil', '/;//evil', '/?//evil', '/#//evil', '/inbox//evil', '/:@evil', '/[::1]']
  for (const next of corpus)
    expect(new URL(safeNext(next), 'http://here.test').origin).toBe('http://here.test')
})

test('the sign-in page is told where to return to, unless that is the inbox anyway', () => {
  expect(loginPath('/settings/people?a=b&c')).toBe('/login?next=%2Fsettings%2Fpeople%3Fa%3Db%26c')
  expect(loginPath('/inbox')).toBe('/login')
  expect(loginPath('//evil.example')).toBe('/login')
})
