import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Ids } from '../../core/ports/system.ts'

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const SHORT_LENGTH = 10
const SECRET_BYTES = 32

/** Ids from the system's random numbers; `randomInt` is without bias. */
export function createIds(): Ids {
  return {
    short: () =>
      Array.from({ length: SHORT_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join(''),
    uuid: () => randomUUID(),
    secret: () => randomBytes(SECRET_BYTES).toString('base64url'),
  }
}
