import { createHmac, timingSafeEqual } from 'node:crypto'
import { isSameSecret } from '../is-same-secret.ts'

const SIGNATURE_HEADER = 'x-hub-signature-256'

/**
 * Whether Instagram signed these bytes. The raw ones: it escapes letters beyond ASCII, so the same JSON written anew has
 * another signature.
 */
export function isSigned(
  headers: Record<string, string | string[] | undefined>,
  rawBody: Buffer,
  appSecret: string | undefined,
): boolean {
  const given = headers[SIGNATURE_HEADER]
  // Without a secret everybody could sign.
  if (!appSecret || typeof given !== 'string' || !/^sha256=[0-9a-f]{64}$/i.test(given)) return false
  const expected = createHmac('sha256', appSecret).update(rawBody).digest()
  return timingSafeEqual(Buffer.from(given.slice('sha256='.length), 'hex'), expected)
}

/** The word to answer when Instagram asks whether this address is meant; null where it is not Instagram that asks. */
export function challengeOf(query: URLSearchParams, verifyToken: string | undefined): string | null {
  const given = query.get('hub.verify_token')
  if (!verifyToken || given === null || !isSameSecret(given, verifyToken)) return null
  const challenge = query.get('hub.challenge')
  return query.get('hub.mode') === 'subscribe' && challenge ? challenge : null
}
