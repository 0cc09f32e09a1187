import { describe, expect, it } from 'vitest'
import { askGraph, startCast } from '../emulator.testing.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const HOUR = 3_600_000
const DAY = 24 * HOUR

async function startTokens() {
  const cast = await startCast({ frozenAtMs: NOON })
  const { emulator } = cast
  const me = (token: string) => askGraph(emulator, '/v23.0/me', { token })
  const exchange = (token: string, secret = emulator.appSecret()) => {
    const query = `grant_type=ig_exchange_token&client_secret=${secret}&access_token=${token}`
    return askGraph(emulator, `/access_token?${query}`)
  }
  const refresh = (token: string) =>
    askGraph(emulator, `/refresh_access_token?grant_type=ig_refresh_token&access_token=${token}`)
  return { ...cast, me, exchange, refresh, accountId: cast.shop.id }
}

describe('a token', () => {
  it('lives for 60 days, and a short one for an hour', async () => {
    await using cast = await startTokens()
    const short = cast.emulator.issueToken({ accountId: cast.accountId, kind: 'short' })
    cast.emulator.travel(HOUR - 1)
    expect((await cast.me(short.token)).status).toBe(200)
    cast.emulator.travel(1)
    expect((await cast.me(short.token)).body.error).toMatchObject({ code: 190, error_subcode: 463 })
    cast.emulator.travel(60 * DAY - HOUR - 1)
    expect((await cast.me(cast.shop.token)).status).toBe(200)
    cast.emulator.travel(1)
    const expired = await cast.me(cast.shop.token)
    expect(expired.status).toBe(401)
    expect(expired.body.error).toMatchObject({
      code: 190,
      error_subcode: 463,
      type: 'OAuthException',
      message: expect.stringContaining('Session has expired'),
    })
    expect(expired.headers.get('www-authenticate')).toContain('OAuth')
  })

  it('is exchanged from short to long by whoever knows the app’s secret', async () => {
    await using cast = await startTokens()
    const { token } = cast.emulator.issueToken({ accountId: cast.accountId, kind: 'short' })
    const { status, body } = await cast.exchange(token)
    expect([status, body.token_type, body.expires_in]).toEqual([200, 'bearer', 60 * 86_400])
    expect((await cast.me(String(body.access_token))).status).toBe(200)
  })

  it('is not exchanged with another secret, or when it is long already', async () => {
    await using cast = await startTokens()
    const { token } = cast.emulator.issueToken({ accountId: cast.accountId, kind: 'short' })
    const old = cast.emulator.appSecret()
    cast.emulator.rotateAppSecret()
    expect((await cast.exchange(token, old)).body.error).toMatchObject({ code: 101 })
    expect((await cast.exchange(cast.shop.token)).body.error).toMatchObject({ code: 452 })
    const query = `grant_type=other&client_secret=x&access_token=${token}`
    expect((await askGraph(cast.emulator, `/access_token?${query}`)).body.error).toMatchObject({ code: 100 })
  })

  it('is refreshed when it is a day old, and lives on beside the new one', async () => {
    await using cast = await startTokens()
    expect((await cast.refresh(cast.shop.token)).body.error).toMatchObject({ code: 100 })
    cast.emulator.travel(DAY)
    const { body } = await cast.refresh(cast.shop.token)
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 60 * 86_400 })
    expect(body.access_token).not.toBe(cast.shop.token)
    expect((await cast.me(String(body.access_token))).status).toBe(200)
    expect((await cast.me(cast.shop.token)).status).toBe(200)
  })

  it('is not refreshed when it has expired', async () => {
    await using cast = await startTokens()
    const accountId = cast.accountId
    const { token } = cast.emulator.issueToken({ accountId, ageMs: 60 * DAY })
    expect((await cast.refresh(token)).body.error).toMatchObject({ code: 190, error_subcode: 463 })
    const short = cast.emulator.issueToken({ accountId, kind: 'short', ageMs: DAY, lifeMs: 2 * DAY })
    expect((await cast.refresh(short.token)).body.error).toMatchObject({ code: 452 })
  })

  it.each([458, 460, 467] as const)('is void once it is revoked with %i', async (subcode) => {
    await using cast = await startTokens()
    const { accountId } = cast
    expect(cast.emulator.revokeTokens({ accountId, subcode })).toEqual({ revoked: 1 })
    const { status, body } = await cast.me(cast.shop.token)
    expect([status, body.error?.code, body.error?.error_subcode]).toEqual([401, 190, subcode])
    const fresh = cast.emulator.issueToken({ accountId })
    expect((await cast.me(fresh.token)).status).toBe(200)
  })

  it('of a past life opens the account again, but not another one', async () => {
    await using cast = await startTokens()
    const { token, id, username } = cast.shop
    cast.emulator.reset()
    expect((await cast.me(token)).body.error).toMatchObject({ code: 190 })
    expect(cast.emulator.createAccount({ id, username, token }).token).toBe(token)
    expect(cast.emulator.createAccount({ id, username, token }).token).toBe(token)
    expect((await cast.me(token)).status).toBe(200)
    expect(() => cast.emulator.createAccount({ username: 'other', token })).toThrow(/another account/)
    expect(() => cast.emulator.createAccount({ id, username, token: 'short' })).toThrow(/token/)
  })

  it('makes room for newer ones', async () => {
    await using cast = await startCast({ limits: { maxTokensPerAccount: 2 } })
    for (let n = 0; n < 2; n += 1) cast.emulator.issueToken({ accountId: cast.shop.id })
    expect((await cast.graph('/v23.0/me')).body.error).toMatchObject({ code: 190 })
    expect(cast.emulator.snapshot().accounts).toMatchObject([{ liveTokens: 2 }])
  })
})
