import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { TokenClaims, Tokens } from '../../core/ports/identity.ts'

type Type = TokenClaims['type']

// The only algorithm that is ever accepted: a token does not choose how it is verified.
const ALGORITHM = 'HS512'
const MAX_TOKEN = 4_096
const MAX_USER_ID = 2_147_483_647

/** Signs and reads the legacy tokens; the key is the secret's UTF-8 bytes. */
export function createTokens(jwtSecret: string): Tokens {
  const key = createSecretKey(Buffer.from(jwtSecret, 'utf8'))
  return {
    issue: async ({ userId, jti, accessExpiresAt, refreshExpiresAt, now }) => {
      const claims = { user_id: String(userId), created_at: createdAt(now), jti, iat: seconds(now) }
      const access = await sign(key, { ...claims, type: 'access', exp: seconds(accessExpiresAt) })
      const refresh = await sign(key, { ...claims, type: 'refresh', exp: seconds(refreshExpiresAt), access })
      return { access, refresh }
    },
    verify: (token, type) => verify(key, token, type),
    keyedDigest: (text) => createHmac('sha256', key).update(text).digest('hex'),
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  }
}

const sign = (key: KeyObject, payload: JWTPayload) =>
  new SignJWT(payload).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(key)

async function verify(
  key: KeyObject,
  token: string,
  type: Type,
): Promise<TokenClaims | 'invalid' | 'expired'> {
  if (token.length > MAX_TOKEN) return 'invalid'
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: [ALGORITHM] })
    return toClaims(payload, type)
  } catch (error) {
    // jose looks at the expiry after the signature: an expired token is one of ours.
    return error instanceof errors.JWTExpired && error.payload.type === type ? 'expired' : 'invalid'
  }
}

function toClaims(payload: JWTPayload, type: Type): TokenClaims | 'invalid' {
  const { user_id: user, jti, exp } = payload
  const userId = typeof user === 'string' && /^[1-9]\d{0,9}$/.test(user) ? Number(user) : 0
  if (payload.type !== type || !jti || exp === undefined) return 'invalid'
  return userId > 0 && userId <= MAX_USER_ID ? { userId, jti, type } : 'invalid'
}

const seconds = (at: number) => Math.floor(at / 1_000)

const createdAt = (now: number) => `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} +0000`
