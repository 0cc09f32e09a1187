import type { z } from 'zod'
import { ChangeProfile, Login, Register } from '../../contract/account.ts'
import { Done, FieldErrors, RestError } from '../../contract/rest.ts'
import {
  RefreshBody,
  Refreshed,
  RefreshFailure,
  Registered,
  SignedIn,
  UserData,
} from '../../contract/rest-accounts.ts'
import { login } from '../../core/accounts/login.ts'
import { logout } from '../../core/accounts/logout.ts'
import { changeProfile, deleteAccount, getProfile } from '../../core/accounts/profile.ts'
import { refreshAccess } from '../../core/accounts/refresh.ts'
import { register } from '../../core/accounts/register.ts'
import { toUserData } from '../../core/accounts/user-data.ts'
import { isDomainError } from '../../core/errors.ts'
import type { Settings } from '../../core/ports/settings.ts'
import { type Answer, type Exchange, Refusal, refuse } from './exchange.ts'
import { parseBody } from './fields.ts'
import type { Route, RouteDoc } from './route.ts'

const REFRESHED = { 200: Refreshed, 401: RefreshFailure }
/** Where the password was right and the second factor was not. */
const SECOND_FACTOR: Record<string, string> = { otp_required: 'OTP_REQUIRED', otp_invalid: 'OTP_INVALID' }
const BAD_LOGIN = { non_field_errors: ['Invalid email/username or password.'] }

/** `usr/…`: registering, signing in, the life of tokens, and the person themselves, with the legacy bodies. */
export const accountRoutes = (settings: Settings): Route[] => [
  {
    method: 'POST',
    path: '/api/v1/usr/register',
    isOpen: true,
    doc: doc('Register', { 201: Registered, 400: FieldErrors, 403: RestError, 429: RestError }, Register),
    run: (exchange) => runRegister(settings, exchange),
  },
  {
    method: 'POST',
    path: '/api/v1/usr/login',
    isOpen: true,
    doc: doc(
      'Sign in by e-mail or user name',
      { 200: SignedIn, 400: FieldErrors, 401: RestError, 429: RestError },
      Login,
    ),
    run: (exchange) => runLogin(settings, exchange),
  },
  {
    method: 'POST',
    path: '/api/v1/usr/refresh',
    isOpen: true,
    doc: doc('Exchange a refresh token; the access token comes as a cookie', REFRESHED, RefreshBody),
    run: (exchange) => runRefresh(settings, exchange, false),
  },
  {
    method: 'POST',
    path: '/api/v1/usr/refresh-access',
    isOpen: true,
    doc: doc('Exchange a refresh token for a new pair', REFRESHED, RefreshBody),
    run: (exchange) => runRefresh(settings, exchange, true),
  },
  {
    method: 'GET',
    path: '/api/v1/usr/logout',
    isChange: true,
    scopes: [],
    doc: doc('End the session: its tokens and its sockets', { 200: Done }),
    run: ({ ctx }) => end(settings, 'Logged out', () => logout(ctx)),
  },
  {
    method: 'GET',
    path: '/api/v1/usr/profile',
    scopes: [],
    doc: doc('Who one is', { 200: UserData }),
    run: async ({ ctx }) => ({ status: 200, body: toUserData(await getProfile(ctx)) }),
  },
  ...(['PUT', 'PATCH'] as const).map(
    (method): Route => ({
      method,
      path: '/api/v1/usr/profile',
      scopes: [],
      doc: doc('Change what is named of oneself', { 200: UserData, 400: FieldErrors }, ChangeProfile),
      run: async ({ ctx, body }) => ({
        status: 200,
        body: toUserData(await changeProfile(ctx, parseBody(ChangeProfile, body))),
      }),
    }),
  ),
  {
    method: 'DELETE',
    path: '/api/v1/usr/delete-account',
    scopes: [],
    doc: doc('Delete one’s account with everything that hangs on it alone', { 200: Done, 409: RestError }),
    run: ({ ctx }) => end(settings, 'Account deleted', () => deleteAccount(ctx)),
  },
]

const doc = (summary: string, answers: RouteDoc['answers'], body?: z.ZodType): RouteDoc => ({
  summary,
  tag: 'accounts',
  answers,
  ...(body && { body }),
})

async function runRegister(settings: Settings, { ctx, body, origin }: Exchange): Promise<Answer> {
  const input = parseBody(Register, body)
  const { user, tokens } = await register(ctx, { ...input, ...origin }).catch((error: unknown) => {
    if (!isDomainError(error) || error.code !== 'conflict') throw error
    throw new Refusal({ status: 400, body: { [String(error.cause)]: [error.message] } })
  })
  const body_ = {
    ...tokens,
    user_data: toUserData(user),
    email_confirmation_sent: false,
    message: 'Registered',
  }
  return { status: 201, body: body_, headers: cookie(settings, tokens.access_token) }
}

async function runLogin(settings: Settings, { ctx, body, origin }: Exchange): Promise<Answer> {
  const input = parseBody(Login, body)
  const { user, tokens } = await login(ctx, { ...input, ...origin }).catch((error: unknown) => {
    if (!isDomainError(error) || error.code !== 'unauthenticated') throw error
    const code = SECOND_FACTOR[String(error.cause)]
    throw code ? refuse(401, error.message, code) : new Refusal({ status: 400, body: BAD_LOGIN })
  })
  return {
    status: 200,
    body: { ...tokens, user_data: toUserData(user) },
    headers: cookie(settings, tokens.access_token),
  }
}

async function runRefresh(
  settings: Settings,
  { ctx, body }: Exchange,
  showsAccess: boolean,
): Promise<Answer> {
  const refresh = typeof body.refresh === 'string' ? body.refresh : ''
  const tokens = await refreshAccess(ctx, refresh).catch((error: unknown) => {
    if (!isDomainError(error) || error.code !== 'unauthenticated') throw error
    throw new Refusal({ status: 401, body: { success: false, errors: ['refresh is invalid'] } })
  })
  const data = showsAccess ? tokens : { refresh_token: tokens.refresh_token }
  return { status: 200, body: { success: true, data }, headers: cookie(settings, tokens.access_token) }
}

async function end(settings: Settings, message: string, verb: () => Promise<void>): Promise<Answer> {
  await verb()
  return { status: 200, body: { success: true, data: { message } }, headers: cookie(settings, null) }
}

function cookie(settings: Settings, access: string | null): Record<string, string> {
  const secure = settings.publicUrl.startsWith('https:') ? '; Secure' : ''
  const age = access === null ? 0 : Math.floor(settings.accessTtlMs / 1000)
  const value = access === null ? '' : encodeURIComponent(`Bearer ${access}`)
  return { 'set-cookie': `HTTP_ACCESS=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}` }
}
