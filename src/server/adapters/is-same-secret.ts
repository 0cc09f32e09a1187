import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares in a time that tells nothing of where, or by how much, they differ. */
export const isSameSecret = (given: string, secret: string): boolean =>
  timingSafeEqual(digest(given), digest(secret))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
