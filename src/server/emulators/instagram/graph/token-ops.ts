import { createHash, timingSafeEqual } from 'node:crypto'
import type { TokenRecord } from '../world/tokens.ts'
import type { World } from '../world/world.ts'
import { graphError } from './graph-error.ts'
import type { Params } from './params.ts'

const REFRESHABLE_AFTER_MS = 24 * 3_600_000

/** The token, if it may be used now. */
export function requireToken(world: World, text: string): TokenRecord {
  if (text === '') throw graphError(104)
  const record = world.tokens.find(text)
  if (record === null || world.findAccount(record.accountId) === null) throw graphError(190)
  if (record.revoked !== null) throw graphError(190, record.revoked)
  const now = world.surroundings.clock.now()
  if (record.expiresMs <= now) {
    const [expired, current] = [new Date(record.expiresMs), new Date(now)].map((date) => date.toUTCString())
    const message = `Error validating access token: Session has expired on ${expired}. The current time is ${current}.`
    throw graphError(190, 463, message)
  }
  return record
}

/** A token of an hour becomes one of 60 days, for whoever knows the app's secret. */
export function exchangeToken(world: World, token: TokenRecord, params: Params): object {
  requireGrant(params, 'ig_exchange_token')
  if (!isSame(params.text('client_secret'), world.app.secret)) throw graphError(101)
  if (token.kind !== 'short') throw graphError(452)
  return longToken(world, token)
}

export function refreshToken(world: World, token: TokenRecord, params: Params): object {
  requireGrant(params, 'ig_refresh_token')
  const age = world.surroundings.clock.now() - token.issuedMs
  if (token.kind !== 'long') throw graphError(452)
  if (age < REFRESHABLE_AFTER_MS) {
    throw graphError(100, undefined, '(#100) The access token must be at least 24 hours old to be refreshed')
  }
  return longToken(world, token)
}

function longToken(world: World, { accountId }: TokenRecord): object {
  const { token, expiresMs } = world.tokens.issue(accountId, { kind: 'long' })
  const expires_in = Math.floor((expiresMs - world.surroundings.clock.now()) / 1000)
  return { access_token: token, token_type: 'bearer', expires_in }
}

function requireGrant(params: Params, grant: string): void {
  if (params.text('grant_type') === grant) return
  throw graphError(100, undefined, `(#100) Param grant_type must be ${grant}`)
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
