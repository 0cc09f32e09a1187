import { createHash, randomBytes } from 'node:crypto'

const IGSID_DIGITS = 16

export function newMid(): string {
  return `aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOj${randomBytes(30).toString('base64url')}`
}

export function newToken(): string {
  return `IGAA${randomBytes(84).toString('base64url')}`
}

/** The same for a person and an account whenever they meet, and different for each account. */
export function igsidOf(accountId: string, customerId: string): string {
  return digitsOf(`igsid:${accountId}:${customerId}`, IGSID_DIGITS)
}

export function appScopedIdOf(accountId: string): string {
  return digitsOf(`app:${accountId}`, IGSID_DIGITS + 1)
}

export function conversationIdOf(accountId: string, igsid: string): string {
  const hash = createHash('sha256').update(`conversation:${accountId}:${igsid}`).digest('base64url')
  return `aWdfZAG06MTpJR01lc3NhZA2VUaHJlYWQ6${hash.slice(0, 32)}`
}

function digitsOf(text: string, length: number): string {
  const number = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
  const floor = 10n ** BigInt(length - 1)
  return String(floor + (number % (9n * floor)))
}
