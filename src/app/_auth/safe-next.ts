/** Where a sign-in leads when nothing, or nothing safe, was asked for. */
export const HOME = '/inbox'

const MAX_NEXT = 2_000
// An origin that no address can name, so that leaving it is visible.
const HERE = 'http://peyk.invalid'
// Signing in must not lead back to signing in, nor fire a request that does something.
const REFUSED = /^\/(login|register|setup|api|trpc)(\/|$)/

/** The path inside this site that `next` names, or the inbox: a sign-in never leads to another origin. */
export const safeNext = (next: unknown): string => {
  if (typeof next !== 'string' || next.length > MAX_NEXT || !looksRelative(next)) return HOME
  const url = parse(next)
  // The parser itself can make `//evil` out of `/.//evil`, so its result is looked at again.
  if (url?.origin !== HERE || !looksRelative(url.pathname) || REFUSED.test(url.pathname)) return HOME
  return url.pathname + url.search + url.hash
}

const looksRelative = (path: string): boolean => isLocal(path) && isLocal(decoded(path))

// Browsers read a backslash as a slash and drop tabs and line breaks.
const isLocal = (path: string): boolean => /^\/(?![/\\])/.test(path) && !/[\u0000-\u001f\u007f\\]/.test(path)

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

const parse = (path: string): URL | undefined => {
  try {
    return new URL(path, HERE)
  } catch {
    return undefined
  }
}

/** The address of the sign-in page that leads back to `path`. */
export const loginPath = (path: string): string => {
  const next = safeNext(path)
  return next === HOME ? '/login' : `/login?next=${encodeURIComponent(next)}`
}
