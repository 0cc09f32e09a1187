import type { GetServerSidePropsContext } from 'next'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { NextAuthOptions, Session } from 'next-auth'
import type { JWT } from 'next-auth/jwt'
import { getServerSession } from 'next-auth/next'
import { cache } from 'react'
import type { DoorSession } from '../../server/contract/door.ts'
import { authOptions } from './auth-options.ts'
import { door } from './door.ts'
import { HOME, loginPath } from './safe-next.ts'
import { sessionCookies } from './session-cookie.ts'

// Only here does the session id leave the token: /api/auth/session answers the browser without it.
const serverOptions = (): NextAuthOptions => {
  const options = authOptions()
  const session = ({ session, token }: { session: Session; token: JWT }) => ({ ...session, sid: token.sid })
  return { ...options, callbacks: { ...options.callbacks, session } }
}

type Request = GetServerSidePropsContext['req']
type Response = GetServerSidePropsContext['res']

/** Who is asking, or null. The server is asked anew for every render, so a session that ended elsewhere ends here. */
export const findSession = cache(async (): Promise<DoorSession | null> => {
  const sessionId = await readSessionId()
  return sessionId ? door().session(sessionId) : null
})

/** Who is asking; anybody else is sent to the sign-in page, and from there back to `path`, or to the page asked for. */
export const requireSession = async (path?: string): Promise<DoorSession> =>
  (await findSession()) ?? redirect(loginPath(path ?? (await requestedPath())))

// A layout is not told which page it surrounds; the server writes the request's path into this header.
const requestedPath = async (): Promise<string> => (await headers()).get('x-peyk-path') ?? HOME

const readSessionId = async (): Promise<string | null> => {
  const jar = sessionCookies((await cookies()).getAll(), door().about().sessionCookie)
  if (Object.keys(jar).length === 0) return null
  const request = { cookies: jar, headers: Object.fromEntries(await headers()) }
  const session = await getServerSession(request as unknown as Request, inertResponse, serverOptions())
  return sidOf(session)
}

// A page cannot set cookies; next-auth's own reader for pages throws its renewed cookie away in the same manner.
const inertResponse = { getHeader() {}, setCookie() {}, setHeader() {} } as unknown as Response

const sidOf = (session: unknown): string | null => {
  const sid = (session as { sid?: unknown } | null)?.sid
  return typeof sid === 'string' ? sid : null
}
