import type { NextAuthOptions, User } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { Login, Register } from '../../server/contract/account.ts'
import type { DoorIdentity, DoorResult } from '../../server/contract/door.ts'
import { door } from './door.ts'
import { formatFailure } from './failure.ts'
import { unwrapDefault } from './interop.ts'
import { safeNext } from './safe-next.ts'

/** A person on their way into the cookie's token. */
interface SignedIn extends User {
  sessionId: string
}

interface AuthRequest {
  headers?: Record<string, unknown> | undefined
}

const MAX_USER_AGENT = 400

const credentials = unwrapDefault(Credentials)

const signIn = credentials({
  id: 'credentials',
  name: 'Peyk',
  credentials: { login: {}, password: {}, otp: {} },
  authorize: async (fields, request) => {
    const { login: email_or_username, password: typed, otp: code } = fields ?? {}
    const input = Login.safeParse({ email_or_username, password: typed, otp: code })
    if (!input.success) return null
    const { email_or_username: login, password, otp } = input.data
    return toUser(await door().signIn({ login, password, otp: otp ?? undefined, ...clientOf(request) }))
  },
})

const register = credentials({
  id: 'register',
  name: 'Peyk',
  credentials: { username: {}, email: {}, password: {}, first_name: {}, last_name: {}, setup_code: {} },
  authorize: async (fields, request) => {
    if (!door().about().registration && !fields?.setup_code)
      throw new Error(formatFailure({ code: 'forbidden', message: '' }))
    const input = Register.safeParse(fields)
    if (!input.success)
      throw new Error(formatFailure({ code: 'invalid_input', message: firstIssue(input.error) }))
    const { first_name: firstName = '', last_name: lastName = '', setup_code, ...rest } = input.data
    const setupCode = setup_code ?? undefined
    return toUser(await door().register({ ...rest, firstName, lastName, setupCode, ...clientOf(request) }))
  },
})

const firstIssue = (error: { issues: { path: PropertyKey[] }[] }) => error.issues[0]?.path.join('.') ?? ''

// The server sets x-peyk-address from the connection and drops any that a client sends.
const clientOf = ({ headers = {} }: AuthRequest) => ({
  userAgent: String(headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT),
  address: String(headers['x-peyk-address'] ?? ''),
})

const toUser = (result: DoorResult<DoorIdentity>): SignedIn => {
  if (!result.ok) throw new Error(formatFailure(result))
  const { userId, sessionId, name, email } = result.value
  return { id: String(userId), sessionId, name, email }
}

/** next-auth over the door: passwords are checked by the core, and the cookie's token carries the id of a stored session. */
export const authOptions = (): NextAuthOptions => ({
  providers: [signIn, register],
  session: { strategy: 'jwt' },
  ...cookiesOf(door().about().sessionCookie),
  pages: { signIn: '/login', signOut: '/login', error: '/login' },
  callbacks: {
    redirect: ({ url, baseUrl }) =>
      baseUrl + safeNext(url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url),
    jwt: ({ token, user }) => (user ? { ...token, sid: (user as SignedIn).sessionId } : token),
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.sid === 'string') await door().signOut(token.sid)
    },
  },
})

const cookiesOf = (name: string): Pick<NextAuthOptions, 'cookies' | 'useSecureCookies'> => {
  const secure = name.startsWith('__Host-')
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure }
  return { useSecureCookies: secure, cookies: { sessionToken: { name, options } } }
}
