import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestCtx, NO_LIMITS } from '../context.testing.ts'
import { Doors } from './doors.ts'

const HOUR = 3_600_000
const at = (address: string, isUnknownProxy = false) => ({ address, isUnknownProxy })

let test: ReturnType<typeof createTestCtx>
let doors: Doors
beforeEach(async () => {
  test = createTestCtx({ limits: { ...NO_LIMITS, failedAuthAttempts: 5 } })
  doors = new Doors(test.ctx)
  await doors.start()
})
afterEach(() => doors.close())

const fail = async (times: number, origin: ReturnType<typeof at>) => {
  for (let index = 0; index < times; index++) await doors.noteFailedAuth(origin)
}

describe('failed authentication', () => {
  it('bans at the fifth within the window, and its own address alone', async () => {
    await fail(4, at('203.0.113.7'))
    expect(doors.blocked('203.0.113.7')).toBeNull()
    await fail(1, at('203.0.113.7'))
    expect(doors.blocked('203.0.113.7')).toMatchObject({ reason: 'too_many_failed_auth' })
    expect(doors.blocked('203.0.113.8')).toBeNull()
  })

  it('is forgotten after a quarter of an hour', async () => {
    await fail(4, at('203.0.113.7'))
    test.clock.advance(HOUR / 4 + 1)
    await fail(4, at('203.0.113.7'))
    expect(doors.blocked('203.0.113.7')).toBeNull()
  })

  it('is counted by the /64 of an IPv6 address', async () => {
    await fail(3, at('2001:db8::1'))
    await fail(2, at('2001:db8::2'))
    expect(doors.blocked('2001:db8::3')).not.toBeNull()
    expect(doors.blocked('2001:db8:0:1::3')).toBeNull()
  })

  it('bans loopback like any address, and nobody behind a proxy that is not named', async () => {
    await fail(5, at('127.0.0.1'))
    expect(doors.blocked('127.0.0.1')).not.toBeNull()
    await fail(50, at('192.168.1.2', true))
    expect(doors.blocked('192.168.1.2')).toBeNull()
    expect(test.log.sentences.some(({ sentence }) => sentence.includes('TRUSTED_PROXIES'))).toBe(true)
  })
})

describe('an entry of the blacklist', () => {
  it('has an expiry of its own', async () => {
    await doors.ban('203.0.113.7', { hours: 1, reason: 'one', createdBy: null })
    await doors.ban('203.0.113.8', { hours: 3, reason: 'two', createdBy: null })
    test.clock.advance(2 * HOUR)
    expect(doors.blocked('203.0.113.7')).toBeNull()
    expect(doors.blocked('203.0.113.8')).not.toBeNull()
  })

  it('may be a network, and counts whom it kept out', async () => {
    await doors.ban('198.51.100.0/24', { hours: 1, reason: 'noise', createdBy: 1 })
    expect(doors.blocked('198.51.100.200')).not.toBeNull()
    expect(doors.blocked('198.51.101.1')).toBeNull()
    expect((await test.ctx.blockedIps.list(test.clock.now(), 10))[0]).toMatchObject({ hits: 1 })
  })

  it('is lifted at once, and what is no address is none', async () => {
    await doors.ban('203.0.113.7', { hours: 1, reason: 'one', createdBy: null })
    expect(await doors.unban('203.0.113.7')).toBe(true)
    expect(doors.blocked('203.0.113.7')).toBeNull()
    expect(await doors.unban('203.0.113.7')).toBe(false)
    expect(await doors.ban('everybody', { hours: 1, reason: 'x', createdBy: null })).toBeNull()
  })
})
