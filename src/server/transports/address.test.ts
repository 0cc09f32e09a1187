import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type Network, toNetwork } from '../contract/network.ts'
import { isHttps, originOf } from './address.ts'

const networks = (...texts: string[]): Network[] => texts.flatMap((text) => toNetwork(text) ?? [])
const proxies = networks('10.0.0.0/8', '::1/128')
const request = (peer: string, headers: Record<string, string | string[]> = {}) =>
  ({ socket: { remoteAddress: peer }, headers }) as unknown as IncomingMessage
const address = (peer: string, headers?: Record<string, string | string[]>) =>
  originOf(request(peer, headers), proxies).address

describe('the client’s address', () => {
  it('is the peer, whatever a stranger claims', () => {
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded'])
      expect(address('203.0.113.9', { [name]: '127.0.0.1' })).toBe('203.0.113.9')
  })

  it('is what a proxy of ours says', () => {
    expect(address('10.1.2.3', { 'x-forwarded-for': '203.0.113.9' })).toBe('203.0.113.9')
    expect(address('::ffff:10.1.2.3', { 'x-forwarded-for': '::ffff:203.0.113.9' })).toBe('203.0.113.9')
    expect(address('::1', { 'x-real-ip': '2001:DB8::9' })).toBe('2001:db8::9')
    expect(address('10.1.2.3', { 'x-forwarded-for': '203.0.113.9:51000' })).toBe('203.0.113.9')
    expect(address('10.1.2.3', { 'x-forwarded-for': '[2001:db8::9]:51000' })).toBe('2001:db8::9')
    expect(address('10.1.2.3', { 'x-forwarded-for': '[::ffff:203.0.113.9]:51000' })).toBe('203.0.113.9')
  })

  it('is the rightmost hop that is not ours, so that a prepended one counts for nothing', () => {
    expect(address('10.1.2.3', { 'x-forwarded-for': '1.1.1.1, 203.0.113.9, 10.9.9.9' })).toBe('203.0.113.9')
    expect(address('10.1.2.3', { 'x-forwarded-for': ['1.1.1.1', '203.0.113.9'] })).toBe('203.0.113.9')
  })

  it('stops at a hop that is no address', () => {
    expect(address('10.1.2.3', { 'x-forwarded-for': '1.1.1.1, unknown, 10.9.9.9' })).toBe('10.9.9.9')
    expect(address('10.1.2.3', { 'x-forwarded-for': 'nonsense' })).toBe('10.1.2.3')
    expect(address('10.1.2.3', { 'x-forwarded-for': ', , ' })).toBe('10.1.2.3')
  })

  it('is the first of all where every hop is ours', () => {
    expect(address('10.1.2.3', { 'x-forwarded-for': '10.5.5.5, 10.6.6.6' })).toBe('10.5.5.5')
  })

  it('says where a proxy may stand that nobody named', () => {
    expect(originOf(request('192.168.1.2', { 'x-forwarded-for': '1.1.1.1' }), proxies).isUnknownProxy).toBe(
      true,
    )
    expect(originOf(request('192.168.1.2'), proxies).isUnknownProxy).toBe(false)
    expect(originOf(request('10.1.2.3', { 'x-forwarded-for': '1.1.1.1' }), proxies).isUnknownProxy).toBe(
      false,
    )
  })
})

describe('https', () => {
  const speaks = (peer: string, proto?: string | string[], publicUrl = 'http://localhost:8000') =>
    isHttps(request(peer, proto ? { 'x-forwarded-proto': proto } : {}), publicUrl, proxies)

  it('is spoken where PUBLIC_URL says so, or a proxy of ours', () => {
    expect(speaks('203.0.113.9', undefined, 'https://desk.example')).toBe(true)
    expect(speaks('10.1.2.3', 'https')).toBe(true)
    expect(speaks('10.1.2.3', 'https, http')).toBe(true)
  })

  it('is not spoken because a stranger claims it', () => {
    expect(speaks('203.0.113.9', 'https')).toBe(false)
    expect(speaks('10.1.2.3', 'http')).toBe(false)
    expect(speaks('10.1.2.3')).toBe(false)
  })
})
