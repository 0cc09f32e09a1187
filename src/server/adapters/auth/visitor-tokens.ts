import { createHmac, timingSafeEqual } from 'node:crypto'
import { EncryptJWT, errors, type JWTPayload, jwtDecrypt, jwtVerify } from 'jose'
import { isUnstorable } from '../../contract/characters.ts'
import type { VisitorProof } from '../../contract/widget.ts'
import type { VisitorClaims, VisitorIdentity, VisitorTokens } from '../../core/ports/visitor-tokens.ts'

/** The longest that a site's proof may hold, and how far its clock may be ahead of ours. */
const MAX_PROOF_S = 24 * 60 * 60
const SKEW_S = 60
const MAX_ID = 200
const MAX_NAME = 100
const MAX_EMAIL = 254
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Visitors' tokens under keys that are made of the instance's secret, one for each kind. */
export function createVisitorTokens(jwtSecret: string): VisitorTokens {
  const keyOf = (use: string) => createHmac('sha256', jwtSecret).update(`peyk visitor ${use}`).digest()
  const [sealing, keeping] = [keyOf('token'), keyOf('return')]
  const mark = (channelId: number, id: string) =>
    createHmac('sha256', keeping).update(`${channelId} ${id}`).digest('base64url')
  return {
    issue: ({ expiresAt, ...claims }) =>
      new EncryptJWT({ ...claims, exp: Math.floor(expiresAt / 1_000) })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(sealing),
    verify: (token, now) => verify(sealing, token, now),
    remember: (channelId, visitorId) => `${visitorId}.${mark(channelId, visitorId)}`,
    recall: (channelId, kept) => {
      const [id = '', given = ''] = kept.split('.')
      return UUID.test(id) && isSame(given, mark(channelId, id)) ? id : null
    },
    readProof: (proof, secret, now) =>
      'token' in proof ? readToken(proof.token, secret, now) : Promise.resolve(readDigest(proof, secret)),
  }
}

async function verify(
  key: Uint8Array,
  token: string,
  now: number,
): Promise<VisitorClaims | 'invalid' | 'expired'> {
  try {
    const { payload } = await jwtDecrypt(token, key, {
      currentDate: new Date(now),
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['exp'],
    })
    const { exp = 0, ...claims } = payload
    return { ...(claims as Omit<VisitorClaims, 'expiresAt'>), expiresAt: exp * 1_000 }
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'expired' : 'invalid'
  }
}

async function readToken(token: string, secret: string, now: number): Promise<VisitorIdentity | null> {
  try {
    const { payload } = await jwtVerify(token, Buffer.from(secret, 'utf8'), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      clockTolerance: SKEW_S,
      requiredClaims: ['exp', 'sub'],
    })
    if ((payload.exp ?? 0) > now / 1_000 + MAX_PROOF_S + SKEW_S) return null
    return identityOf(payload)
  } catch {
    return null
  }
}

function identityOf({ sub, name, email }: JWTPayload): VisitorIdentity | null {
  const id = text(sub, MAX_ID)
  return id === null ? null : { id, name: text(name, MAX_NAME), email: text(email, MAX_EMAIL) }
}

/** What is not signed is not believed: the digest speaks of the id alone. */
function readDigest({ user_id: id, hmac }: Extract<VisitorProof, { hmac: string }>, secret: string) {
  const expected = createHmac('sha256', secret).update(id).digest('hex')
  return text(id, MAX_ID) && isSame(hmac.toLowerCase(), expected) ? { id, name: null, email: null } : null
}

const text = (value: unknown, max: number): string | null =>
  typeof value === 'string' && value !== '' && [...value].length <= max && !isUnstorable(value) ? value : null

// By their bytes: equally many letters may be more of them, which the comparison would throw at.
function isSame(a: string, b: string): boolean {
  const [given, expected] = [Buffer.from(a), Buffer.from(b)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
