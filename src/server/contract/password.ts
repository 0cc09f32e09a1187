import { z } from 'zod'
import { COMMON_PASSWORDS } from './common-passwords.ts'
import { storableText } from './text.ts'

/** The longest password hashed; longer ones are refused, not cut. */
export const MAX_PASSWORD = 256
export const MIN_PASSWORD = 8

/** What a new password must be, whoever it is for. */
export const NewPassword = storableText(MAX_PASSWORD).refine(
  (password) => password.length >= MIN_PASSWORD,
  `Use at least ${MIN_PASSWORD} characters.`,
)

/** A password as it is typed to prove oneself; its length is bounded and nothing else is asked of it. */
export const TypedPassword = z
  .string()
  .min(1)
  .max(2 * MAX_PASSWORD)

export type PasswordProblem = 'common' | 'personal'

export const PASSWORD_SENTENCES: Record<PasswordProblem, string> = {
  common: 'This password is too common.',
  personal: 'This password is too similar to your email or user name.',
}

/** Why a password that is long enough would be guessed all the same; null where nothing says so. */
export function passwordProblem(
  password: string,
  { email, username }: { email: string; username: string },
): PasswordProblem | null {
  const text = password.trim().toLowerCase()
  const own = [email, email.split('@', 1)[0] ?? '', username].map((name) => name.toLowerCase())
  if (own.includes(text)) return 'personal'
  return COMMON_PASSWORDS.has(text) || /^(.)\1*$/su.test(text) ? 'common' : null
}

export const ChangePassword = z.object({ current: TypedPassword, password: NewPassword })
export type ChangePassword = z.infer<typeof ChangePassword>

/** The last part of a link that sets a new password. */
export const LinkToken = z.string().min(1).max(200)

export const ResetPassword = z.object({ token: LinkToken, password: NewPassword })
export type ResetPassword = z.infer<typeof ResetPassword>

/** A link that sets one person's password, once; it is shown to whoever made it and kept nowhere. */
export const ResetLink = z.object({ url: z.string(), expiresAt: z.iso.datetime() })
export type ResetLink = z.infer<typeof ResetLink>
