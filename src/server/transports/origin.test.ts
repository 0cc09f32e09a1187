import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isAllowedOrigin, isJsonOrNothing, isOwnPage, isSameOrigin, mayChange } from './origin.ts'

const from = (headers: Record<string, string>, method = 'POST') =>
  ({ headers, method }) as unknown as IncomingMessage

describe('the origin of a raw socket', () => {
  const allowed = ['https://desk.example']

  it('may be any where none is named', () => {
    expect(isAllowedOrigin(from({ origin: 'https://evil.example' }), null)).toBe(true)
  })

  it('must be one of those named, exactly', () => {
    expect(isAllowedOrigin(from({ origin: 'https://desk.example' }), allowed)).toBe(true)
    for (const origin of [
      'https://desk.example.evil',
      'http://desk.example',
      'https://xdesk.example',
      'null',
    ])
      expect(isAllowedOrigin(from({ origin }), allowed)).toBe(false)
  })

  it('is missing where a program connects, which is allowed', () => {
    expect(isAllowedOrigin(from({}), allowed)).toBe(true)
  })
})

const PUBLIC = 'https://desk.example'
const FOREIGN = [
  'https://evil.example',
  'https://desk.example.evil.example',
  'https://evil-desk.example',
  'https://desk.example:8443',
  'http://desk.example',
  'https://desk.example@evil.example',
  'https://DESK.example',
  'https://desk.example/',
  'https://desk.example, https://evil.example',
  'http://localhost:8001',
  'http://localhost:8000.evil.example',
  'http://user@localhost:8000',
  'file://',
  'null',
  '',
  'desk.example',
]

describe('the same origin', () => {
  const isSame = (headers: Record<string, string>) =>
    isSameOrigin(from({ host: 'localhost:8000', ...headers }), PUBLIC)

  it('is the request’s own host or the public address', () => {
    expect(isSame({ origin: 'http://localhost:8000' })).toBe(true)
    expect(isSame({ origin: PUBLIC, 'sec-fetch-site': 'same-origin' })).toBe(true)
    expect(isSame({})).toBe(false)
  })

  it.each(FOREIGN)('is not %j', (origin) => {
    expect(isSame({ origin })).toBe(false)
    expect(isSame({ origin, host: 'desk.example' })).toBe(false)
  })

  it.each(['cross-site', 'same-site', 'none', ''])('is not what the browser calls %j', (site) => {
    expect(isSame({ origin: PUBLIC, 'sec-fetch-site': site })).toBe(false)
  })
})

describe('a request that changes something', () => {
  const may = (headers: Record<string, string>, method?: string) =>
    mayChange(from({ host: 'desk.example', ...headers }, method), PUBLIC)

  it('may come from our page, or from a program that brings no cookie', () => {
    expect(may({ origin: PUBLIC, cookie: 'a=b' })).toBe(true)
    expect(may({})).toBe(true)
    expect(may({ cookie: 'a=b', origin: 'https://evil.example' }, 'GET')).toBe(true)
  })

  it('may not bring a cookie without saying where it comes from, nor come from elsewhere', () => {
    expect(may({ cookie: 'a=b' })).toBe(false)
    expect(may({ 'sec-fetch-site': 'cross-site' })).toBe(false)
    for (const origin of FOREIGN.filter((one) => one !== ''))
      expect(may({ origin, cookie: 'a=b' }), origin).toBe(false)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'MOVE'])
      expect(may({ origin: 'https://evil.example' }, method), method).toBe(false)
  })

  it('may bring JSON, and nothing that a form of another page can send', () => {
    expect(isJsonOrNothing(from({ 'content-type': 'application/json; charset=utf-8' }))).toBe(true)
    for (const type of [
      'text/plain',
      'text/plain; application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'application/octet-stream',
      '',
    ])
      expect(isJsonOrNothing(from({ 'content-type': type })), type).toBe(false)
    expect(isJsonOrNothing(from({}))).toBe(false)
  })

  it('with GET is known as ours by what the browser itself says of it', () => {
    const isOwn = (headers: object) => isOwnPage(from({ ...headers }, 'GET'), PUBLIC)
    expect(isOwn({ 'sec-fetch-site': 'same-origin' })).toBe(true)
    expect(isOwn({ origin: PUBLIC })).toBe(true)
    for (const headers of [
      {},
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'null' },
    ])
      expect(isOwn(headers)).toBe(false)
  })
})
