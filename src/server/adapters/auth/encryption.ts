import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const VERSION = 'v2'
/** Before keys had names: any key may have sealed it. */
const NAMELESS = 'v1'
const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
const NAME_DIGITS = 8

/** 64 hexadecimal digits each: what seals, and what only opens what it sealed before. */
export interface KeyRing {
  current: string
  old: string[]
}

export interface Cipher {
  seal(text: string): string
  /** Throws where the text was altered, sealed with a key that is not on the ring or by an unknown version. */
  open(sealed: string): string
  /** With what everything begins that today's key seals. */
  prefix(): string
}

/**
 * Seals texts with AES-256-GCM as `v2.<name of the key>.<iv, tag and ciphertext>`; what stands before is authenticated
 * too. The ring is read anew before each seal, and where a key is missing: it may have been renewed by another process.
 */
export function createCipher(keys: string | (() => KeyRing)): Cipher {
  const source = typeof keys === 'string' ? () => ({ current: keys, old: [] }) : keys
  let ring = readRing(source())
  const renewed = () => {
    ring = readRing(source())
    return ring
  }
  return {
    seal: (text) => seal(renewed().current, text),
    open: (sealed) => tryOpen(ring, sealed) ?? tryOpen(renewed(), sealed) ?? fail(sealed),
    prefix: () => `${VERSION}.${renewed().current.name}.`,
  }
}

interface Key {
  name: string
  bytes: Buffer
}

interface Ring {
  current: Key
  all: Key[]
}

const readRing = ({ current, old }: KeyRing): Ring => {
  const key = readKey(current)
  return { current: key, all: [key, ...old.map(readKey)] }
}

function readKey(hex: string): Key {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new Error('The encryption key must be 64 hexadecimal digits')
  const bytes = Buffer.from(hex, 'hex')
  return { bytes, name: createHash('sha256').update(bytes).digest('hex').slice(0, NAME_DIGITS) }
}

function seal({ name, bytes }: Key, text: string): string {
  const iv = randomBytes(IV_BYTES)
  const head = `${VERSION}.${name}`
  const cipher = createCipheriv(ALGORITHM, bytes, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(head))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${head}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** Null where no key of the ring opens it. */
function tryOpen(ring: Ring, sealed: string): string | null {
  const [version, ...rest] = sealed.split('.')
  if (version === NAMELESS) return openNameless(ring, rest[0] ?? '')
  if (version !== VERSION) throw new Error('Sealed by an unknown version')
  const [name, body = ''] = rest
  const key = ring.all.find((one) => one.name === name)
  return key ? open(key, `${VERSION}.${name}`, body) : null
}

function openNameless(ring: Ring, body: string): string | null {
  for (const key of ring.all) {
    try {
      return open(key, NAMELESS, body)
    } catch (error) {
      if (error instanceof CutOff) throw error
    }
  }
  return null
}

class CutOff extends Error {}

function open({ bytes: key }: Key, head: string, body: string): string {
  const bytes = Buffer.from(body, 'base64url')
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new CutOff('The sealed text is cut off')
  const iv = bytes.subarray(0, IV_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(head),
  )
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
  return text.toString('utf8')
}

function fail(sealed: string): never {
  throw new Error(`No key opens what ${sealed.split('.').slice(0, -1).join('.')} sealed`)
}
