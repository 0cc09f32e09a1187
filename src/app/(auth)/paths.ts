import { HOME, safeNext } from '../_auth/safe-next.ts'

/** The registration page that leads on to `next`. */
export const registerPath = (next: string): string => {
  const path = safeNext(next)
  return path === HOME ? '/register' : `/register?next=${encodeURIComponent(path)}`
}

/** The sign-in page of an instance that nobody administers yet, for those who have an account all the same. */
export const SETUP_LATER = '/login?setup=later'
