import { codePoints, isUnstorable, strip } from '../../server/contract/characters.ts'
import {
  type Customer,
  MAX_DESCRIPTION,
  MAX_EMAIL,
  MAX_NAME,
  MAX_PHONE,
  UpdateCustomer,
} from '../../server/contract/customer.ts'

const FIELDS = ['firstName', 'lastName', 'email', 'phoneNumber', 'description'] as const
export type EditField = (typeof FIELDS)[number]

/** What stands in the form. */
export type CustomerDraft = Record<EditField, string>

export type Fault = { kind: 'email' | 'phone' | 'unstorable' } | { kind: 'tooLong'; max: number }

const MAX: CustomerMax = {
  firstName: MAX_NAME,
  lastName: MAX_NAME,
  email: MAX_EMAIL,
  phoneNumber: MAX_PHONE,
  description: MAX_DESCRIPTION,
}
type CustomerMax = Record<EditField, number>

export const draftOf = (customer: Customer): CustomerDraft => {
  const { firstName, lastName, email, phoneNumber, description } = customer
  return {
    firstName: firstName ?? '',
    lastName: lastName ?? '',
    email: email ?? '',
    phoneNumber: phoneNumber ?? '',
    description: description ?? '',
  }
}

/** The fields that say something else now, so that a colleague's change to another one stands; empty is null. */
export const changesOf = (
  before: CustomerDraft,
  draft: CustomerDraft,
): Partial<Record<EditField, string | null>> =>
  Object.fromEntries(
    FIELDS.filter((field) => strip(draft[field]) !== strip(before[field])).map((field) => [
      field,
      strip(draft[field]) || null,
    ]),
  )

/** What the server would refuse. A value that nobody has touched is not judged. */
export const faultsIn = (changes: Partial<Record<EditField, string | null>>) => {
  const faults: Partial<Record<EditField, Fault>> = {}
  for (const field of FIELDS) {
    const fault = faultOf(field, changes[field])
    if (fault) faults[field] = fault
  }
  return faults
}

const faultOf = (field: EditField, value: string | null | undefined): Fault | null => {
  if (!value) return null
  if (isUnstorable(value)) return { kind: 'unstorable' }
  if (codePoints(value) > MAX[field]) return { kind: 'tooLong', max: MAX[field] }
  if (UpdateCustomer.shape[field].safeParse(value).success) return null
  return { kind: field === 'email' ? 'email' : 'phone' }
}
