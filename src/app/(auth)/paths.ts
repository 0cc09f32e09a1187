import { HOME, safeNext } from '../_auth/safe-next.ts'

/** The registration page that leads on to `next`. */
export const registerPath = (next: string): string => {
  const path = safeNext(next)
  return path === HOME ? '/register' : `/register?next=${encodeURIComponent(path)}`
}
