import { useState } from 'react'
import { type AuthFailure, type AuthResult, postSignIn } from './post-auth.ts'

/** Sends a sign-in or a registration and, when it is accepted, opens `next` as a fresh page. */
export const useAuthForm = (
  provider: 'credentials' | 'register',
  next: string,
  before: AuthFailure | null,
) => {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState(before)

  const submit = async (fields: Record<string, string>): Promise<AuthResult> => {
    setBusy(true)
    setFailure(null)
    const result = await postSignIn(provider, fields)
    // Stays busy while the browser leaves the page.
    if (result.ok) window.location.assign(next)
    if (!result.ok) setFailure(result)
    if (!result.ok) setBusy(false)
    return result
  }

  return { busy, failure, submit }
}

/** The text fields of a form that was submitted. */
export const readFields = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
