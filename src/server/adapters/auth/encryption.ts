import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const VERSION = 'v1'
const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

export interface Cipher {
  seal(text: string): string
  /** Throws where the text was altered, sealed with another key or by an unknown version. */
  open(sealed: string): string
}

/** Seals texts with AES-256-GCM as `v1.<iv, tag and ciphertext>`; the version is authenticated too. */
export function createCipher(hexKey: string): Cipher {
  if (!/^[0-9a-f]{64}$/i.test(hexKey)) throw new Error('The encryption key must be 64 hexadecimal digits')
  const key = Buffer.from(hexKey, 'hex')
  return { seal: (text) => seal(key, text), open: (sealed) => open(key, sealed) }
}

function seal(key: Buffer, text: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(VERSION))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

function open(key: Buffer, sealed: string): string {
  const [version, body = ''] = sealed.split('.')
  if (version !== VERSION) throw new Error('Sealed by an unknown version')
  const bytes = Buffer.from(body, 'base64url')
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error('The sealed text is cut off')
  const iv = bytes.subarray(0, IV_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(VERSION),
  )
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
  return text.toString('utf8')
}
