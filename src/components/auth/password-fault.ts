import { MAX_PASSWORD, MIN_PASSWORD, NewPassword, passwordProblem } from '../../server/contract/password.ts'

/** What is wrong with a new password, as a key of the translations. */
export type PasswordFault = 'required' | 'passwordShort' | 'passwordCommon' | 'passwordPersonal' | 'tooLong'

/** What the contract would refuse a password for, before it is asked; null where all is well. */
export function passwordFault(
  password: string,
  { email = '', username = '' }: { email?: string | undefined; username?: string | undefined },
): PasswordFault | null {
  if (password === '') return 'required'
  if (password.length < MIN_PASSWORD) return 'passwordShort'
  const problem = passwordProblem(password, { email, username })
  if (problem) return problem === 'common' ? 'passwordCommon' : 'passwordPersonal'
  return NewPassword.safeParse(password).success && password.length <= 2 * MAX_PASSWORD ? null : 'tooLong'
}
