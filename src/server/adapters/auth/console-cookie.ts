import { decode } from 'next-auth/jwt'

const MAX_COOKIE_HEADER = 32_768
const MAX_COOKIES = 200
const MAX_CHUNKS = 8
const COMPACT_TOKEN = /^[\w-]+(\.[\w-]*){4}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The session id in the console's cookie of this name; null where there is none that was sealed with this secret. */
export async function readSessionId(
  cookieHeader: string | undefined,
  name: string,
  secret: string,
): Promise<string | null> {
  if (!cookieHeader || cookieHeader.length > MAX_COOKIE_HEADER) return null
  const token = joinChunks(parseCookies(cookieHeader), name)
  return token ? openSid(token, secret) : null
}

function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of header.split(';', MAX_COOKIES)) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim())
  }
  return cookies
}

// next-auth joins whatever begins with the cookie's name, so that a planted or left-over cookie spoils the token.
// Here a token is the one cookie, or the chunks .0 to .n without a gap and without a stranger among them.
function joinChunks(cookies: Map<string, string>, name: string): string | null {
  const whole = cookies.get(name)
  if (whole !== undefined) return whole
  const count = [...cookies.keys()].filter((key) => key.startsWith(`${name}.`)).length
  if (count === 0 || count > MAX_CHUNKS) return null
  const chunks = Array.from({ length: count }, (_, index) => cookies.get(`${name}.${index}`))
  return chunks.includes(undefined) ? null : chunks.join('')
}

async function openSid(token: string, secret: string): Promise<string | null> {
  if (!COMPACT_TOKEN.test(token)) return null
  const sid = await decode({ token, secret }).then(
    (claims) => claims?.sid,
    () => null,
  )
  return typeof sid === 'string' && UUID.test(sid) ? sid : null
}
