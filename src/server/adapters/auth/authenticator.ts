import { Secret, TOTP } from 'otpauth'
import type { Authenticator } from '../../core/ports/two-factor.ts'

/** The name under which an app lists the account. */
const ISSUER = 'Peyk'
const PERIOD_S = 30
const SECRET_BYTES = 20
/** Clocks and fingers may be one step late or early. */
const WINDOW = 1
// The library compares bytes and throws where six characters are more than six of them.
const CODE = /^[0-9]{6}$/
// What every authenticator app reads; some ignore any other algorithm and make wrong codes.
const FORM = { algorithm: 'SHA1', digits: 6, period: PERIOD_S } as const

/** Time-based one-time passwords as RFC 6238 has them. */
export function createAuthenticator(): Authenticator {
  return {
    newSecret: () => new Secret({ size: SECRET_BYTES }).base32,
    uri: (secret, label) =>
      new TOTP({ ...FORM, issuer: ISSUER, label, secret: Secret.fromBase32(secret) }).toString(),
    stepOf(secret, token, timestamp) {
      if (!CODE.test(token)) return null
      const totp = new TOTP({ ...FORM, secret: Secret.fromBase32(secret) })
      const delta = totp.validate({ token, timestamp, window: WINDOW })
      return delta === null ? null : Math.floor(timestamp / (PERIOD_S * 1_000)) + delta
    },
  }
}
