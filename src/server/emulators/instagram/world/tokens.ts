import { ControlError, invalidInput } from '../../control-error.ts'
import type { RevocationSubcode, TokenKind } from '../control-types.ts'
import { newToken } from './ids.ts'
import type { Surroundings } from './surroundings.ts'

export const LONG_LIFE_MS = 60 * 24 * 3_600_000
const SHORT_LIFE_MS = 3_600_000
const TOKEN = /^IGAA[\w-]{20,500}$/

export type TokenRecord = {
  token: string
  accountId: string
  kind: TokenKind
  issuedMs: number
  expiresMs: number
  revoked: RevocationSubcode | null
}

type Terms = { kind?: TokenKind; ageMs?: number; lifeMs?: number; token?: string }

/** The tokens that were given out, alive or not. */
export class Tokens {
  readonly #surroundings: Surroundings
  readonly #records = new Map<string, TokenRecord>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /** The account's newest token that is alive; the given one is made where it is not known, or has expired. */
  bringBack(accountId: string, given?: string): TokenRecord {
    if (given === undefined) return this.live(accountId).at(-1) ?? this.issue(accountId)
    if (!TOKEN.test(given)) throw invalidInput('token must be IGAA and at least 20 letters, digits, _ or -')
    const known = this.find(given)
    if (known && known.accountId !== accountId) {
      throw new ControlError(409, 'conflict', 'this token belongs to another account')
    }
    const isPast =
      known !== null && known.revoked === null && known.expiresMs <= this.#surroundings.clock.now()
    return known && !isPast ? known : this.issue(accountId, { token: given })
  }

  issue(accountId: string, terms: Terms = {}): TokenRecord {
    const { kind = 'long', ageMs = 0, lifeMs, token = newToken() } = terms
    const issuedMs = this.#surroundings.clock.now() - ageMs
    const life = lifeMs ?? (kind === 'long' ? LONG_LIFE_MS : SHORT_LIFE_MS)
    const record = {
      token,
      accountId,
      kind,
      issuedMs,
      expiresMs: issuedMs + life,
      revoked: null,
    }
    this.#records.set(record.token, record)
    this.#dropOldest(accountId)
    return record
  }

  find(token: string): TokenRecord | null {
    return this.#records.get(token) ?? null
  }

  revoke(accountId: string, subcode: RevocationSubcode): number {
    const live = this.live(accountId)
    for (const record of live) record.revoked = subcode
    return live.length
  }

  live(accountId: string): TokenRecord[] {
    const now = this.#surroundings.clock.now()
    return this.#of(accountId).filter((record) => record.revoked === null && record.expiresMs > now)
  }

  clear(): void {
    this.#records.clear()
  }

  #of(accountId: string): TokenRecord[] {
    return [...this.#records.values()].filter((record) => record.accountId === accountId)
  }

  #dropOldest(accountId: string): void {
    const records = this.#of(accountId)
    const [oldest] = records
    if (oldest && records.length > this.#surroundings.limits.maxTokensPerAccount) {
      this.#records.delete(oldest.token)
    }
  }
}
