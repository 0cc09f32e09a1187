import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isAllowedOrigin, isSameOrigin } from './origin.ts'

const from = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage

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

describe('the same origin', () => {
  it('is the request’s own host or the public address, and nothing else', () => {
    const host = 'localhost:8000'
    const isSame = (origin?: string) =>
      isSameOrigin(from({ host, ...(origin && { origin }) }), 'https://desk.example')
    expect(isSame('http://localhost:8000')).toBe(true)
    expect(isSame('https://desk.example')).toBe(true)
    expect(isSame('https://desk.example.evil')).toBe(false)
    expect(isSame('null')).toBe(false)
    expect(isSame()).toBe(false)
  })
})
