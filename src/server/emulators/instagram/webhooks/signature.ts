import { createHmac, randomBytes } from 'node:crypto'
import type { SignatureKind } from '../control-types.ts'

/** The headers that vouch for a body, or pretend to. */
export function signatureHeaders(
  body: string,
  secret: string,
  kind: SignatureKind = 'valid',
): Record<string, string> {
  const key = kind === 'wrong' ? randomBytes(16).toString('hex') : secret
  const sha1 = { 'x-hub-signature': `sha1=${hmac('sha1', key, body)}` }
  if (kind === 'missing') return {}
  if (kind === 'sha1-only') return sha1
  if (kind === 'malformed') return { ...sha1, 'x-hub-signature-256': 'sha256=not-hex' }
  return { ...sha1, 'x-hub-signature-256': `sha256=${hmac('sha256', key, body)}` }
}

function hmac(algorithm: string, key: string, body: string): string {
  return createHmac(algorithm, key).update(body).digest('hex')
}
