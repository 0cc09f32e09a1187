import type { z } from 'zod'
import { Login, Register } from '../../contract/account.ts'
import { login } from '../../core/accounts/login.ts'
import { logout } from '../../core/accounts/logout.ts'
import { refreshAccess, refreshOnly } from '../../core/accounts/refresh.ts'
import { register } from '../../core/accounts/register.ts'
import { toUserData } from '../../core/accounts/user-data.ts'
import { isDomainError } from '../../core/errors.ts'
import type { Settings } from '../../core/ports.ts'
import { type Answer, type Exchange, Refusal, type Route } from './exchange.ts'

const BAD_LOGIN = { non_field_errors: ['Invalid email/username or password.'] }

/** `usr/…`: registering, signing in and the life of tokens, with the legacy bodies. */
export const accountRoutes = (settings: Settings): Route[] => [
  {
    method: 'POST',
    path: /^\/api\/v1\/usr\/register$/,
    isOpen: true,
    run: (exchange) => runRegister(settings, exchange),
  },
  {
    method: 'POST',
    path: /^\/api\/v1\/usr\/login$/,
    isOpen: true,
    run: (exchange) => runLogin(settings, exchange),
  },
  {
    method: 'POST',
    path: /^\/api\/v1\/usr\/refresh$/,
    isOpen: true,
    run: (exchange) => runRefresh(settings, exchange, false),
  },
  {
    method: 'POST',
    path: /^\/api\/v1\/usr\/refresh-access$/,
    isOpen: true,
    run: (exchange) => runRefresh(settings, exchange, true),
  },
  {
    method: 'GET',
    path: /^\/api\/v1\/usr\/logout$/,
    run: ({ ctx }) => runLogout(settings, () => logout(ctx)),
  },
]

async function runRegister(settings: Settings, { ctx, body, origin }: Exchange): Promise<Answer> {
  const input = parseFields(Register, body)
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
  const input = parseFields(Login, body)
  const { user, tokens } = await login(ctx, { ...input, ...origin }).catch((error: unknown) => {
    if (isDomainError(error) && error.code === 'unauthenticated')
      throw new Refusal({ status: 400, body: BAD_LOGIN })
    throw error
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
  const tokens = await (showsAccess ? refreshAccess : refreshOnly)(ctx, refresh).catch((error: unknown) => {
    if (!isDomainError(error) || error.code !== 'unauthenticated') throw error
    throw new Refusal({ status: 401, body: { success: false, errors: ['refresh is invalid'] } })
  })
  const data = showsAccess ? tokens : { refresh_token: tokens.refresh_token }
  return { status: 200, body: { success: true, data }, headers: cookie(settings, tokens.access_token) }
}

async function runLogout(settings: Settings, end: () => Promise<void>): Promise<Answer> {
  await end()
  return {
    status: 200,
    body: { success: true, data: { message: 'Logged out' } },
    headers: cookie(settings, null),
  }
}

function cookie(settings: Settings, access: string | null): Record<string, string> {
  const secure = settings.publicUrl.startsWith('https:') ? '; Secure' : ''
  const age = access === null ? 0 : Math.floor(settings.accessTtlMs / 1000)
  const value = access === null ? '' : encodeURIComponent(`Bearer ${access}`)
  return { 'set-cookie': `HTTP_ACCESS=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}` }
}

function parseFields<T>(schema: z.ZodType<T>, body: object): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const fields: Record<string, string[]> = {}
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0] ?? 'non_field_errors')
    fields[name] = [name in body ? message : 'This field is required.']
  }
  throw new Refusal({ status: 400, body: fields })
}
