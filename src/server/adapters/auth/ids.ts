import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Ids } from '../../core/ports/system.ts'

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** Crockford's base 32: no I, L, O and U. */
const CODE_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const CODE_LENGTH = 24
const SHORT_LENGTH = 10
const SECRET_BYTES = 32

/** Ids from the system's random numbers; `randomInt` is without bias. */
export function createIds(): Ids {
  return {
    short: () => pick(ALPHABET, SHORT_LENGTH),
    code: () => pick(CODE_ALPHABET, CODE_LENGTH),
    uuid: () => randomUUID(),
    secret: () => randomBytes(SECRET_BYTES).toString('base64url'),
  }
}

const pick = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
