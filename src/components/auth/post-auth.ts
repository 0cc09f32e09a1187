/** Why a sign-in, a registration or a sign-out did not happen. `offline`: the server did not answer. */
export type AuthFailure =
  | { reason: 'credentials' | 'cookies' | 'offline' | 'code_wanted' | 'code_wrong' }
  | { reason: 'refused'; code: string; field: string | null }

export type AuthResult = { ok: true } | ({ ok: false } & AuthFailure)

/** Signs in with the given fields; the session is in the cookie when it answers ok. It never leaves the page. */
export const postSignIn = (
  provider: 'credentials' | 'register',
  fields: Record<string, string>,
): Promise<AuthResult> => post(`/api/auth/callback/${provider}`, fields)

/** Ends the session in this browser and on the server. */
export const postSignOut = (): Promise<AuthResult> => post('/api/auth/signout', {})

// next-auth's own client leaves the page for an error page where the server does not answer; a form must stay.
const post = async (path: string, fields: Record<string, string>): Promise<AuthResult> => {
  try {
    const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: 'true' })
    const answer: unknown = await (await fetch(path, { method: 'POST', body })).json()
    return readAnswer(answer)
  } catch {
    return { ok: false, reason: 'offline' }
  }
}

const csrfToken = async (): Promise<string> => {
  const answer = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken?: unknown }
  return String(answer.csrfToken ?? '')
}

/** next-auth answers with the address it would have gone to; a refusal is a parameter of it. */
export const readAnswer = (answer: unknown): AuthResult => {
  const url = (answer as { url?: unknown } | null)?.url
  if (typeof url !== 'string') return { ok: false, reason: 'offline' }
  const parameters = new URL(url, 'http://peyk.invalid').searchParams
  const error = parameters.get('error')
  // The token of the form did not match its cookie, so the browser did not keep the cookie.
  if (parameters.get('csrf') === 'true') return { ok: false, reason: 'cookies' }
  return error === null ? { ok: true } : { ok: false, ...readFailure(error) }
}

/** The refusal that next-auth's `error` parameter stands for. */
export const readFailure = (error: string): AuthFailure => {
  const [code = '', field = null] = error.split(':')
  if (field === 'otp_required') return { reason: 'code_wanted' }
  if (field === 'otp_invalid') return { reason: 'code_wrong' }
  if (error === 'CredentialsSignin' || code === 'unauthenticated') return { reason: 'credentials' }
  return { reason: 'refused', code, field }
}
