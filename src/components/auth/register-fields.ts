import { Register } from '../../server/contract/account.ts'
import { type PasswordFault, passwordFault } from './password-fault.ts'
import type { AuthFailure } from './post-auth.ts'

export const REGISTER_FIELDS = [
  'setup_code',
  'first_name',
  'last_name',
  'email',
  'username',
  'password',
] as const
export type RegisterField = (typeof REGISTER_FIELDS)[number]

/** What is wrong with a field, as a key of the translations. */
export type FieldProblem =
  | PasswordFault
  | 'email'
  | 'username'
  | 'emailTaken'
  | 'usernameTaken'
  | 'setupCode'
  | 'refused'

export type FieldProblems = Partial<Record<RegisterField, FieldProblem>>

const OPTIONAL: readonly string[] = ['first_name', 'last_name']
const WRONG: Record<RegisterField, FieldProblem> = {
  setup_code: 'setupCode',
  first_name: 'tooLong',
  last_name: 'tooLong',
  email: 'email',
  username: 'username',
  password: 'passwordShort',
}
const TAKEN: Partial<Record<RegisterField, FieldProblem>> = { email: 'emailTaken', username: 'usernameTaken' }

/** What the contract would refuse, before it is asked; empty where all is well. */
export const checkRegister = (fields: Record<string, string>): FieldProblems => {
  const missing = REGISTER_FIELDS.filter((name) => isAsked(name, fields) && !fields[name]?.trim())
  const issues = Register.safeParse(fields).error?.issues ?? []
  const wrong = issues.flatMap(({ path }) => REGISTER_FIELDS.filter((name) => name === path[0]))
  return Object.fromEntries([
    ...wrong.map((name) => [name, problemOf(name, fields)]),
    ...missing.map((name) => [name, 'required']),
  ])
}

// Only the page of the first administrator has a field for the code.
const isAsked = (name: RegisterField, fields: Record<string, string>) =>
  name === 'setup_code' ? name in fields : !OPTIONAL.includes(name)

const problemOf = (name: RegisterField, fields: Record<string, string>): FieldProblem =>
  name === 'password' ? (passwordFault(fields.password ?? '', fields) ?? 'refused') : WRONG[name]

/** What the server refused, where its answer names a field. */
export const refusedFields = (failure: AuthFailure | null): FieldProblems => {
  if (failure?.reason !== 'refused') return {}
  const name = REGISTER_FIELDS.find((field) => field === failure.field)
  if (!name) return {}
  return { [name]: failure.code === 'conflict' ? (TAKEN[name] ?? 'refused') : WRONG[name] }
}
