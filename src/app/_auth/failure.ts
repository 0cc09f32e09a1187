import type { DoorRefusal } from '../../server/contract/door.ts'

const FIELDS = ['username', 'email', 'password', 'first_name', 'last_name'] as const

/**
 * A refusal as next-auth can carry it to the browser, which is one short text: the code and, where the sentence speaks
 * of one, the field, or why it is not like others of that code. The sentence itself stays here: the page has its own in the reader's language.
 */
export const formatFailure = ({
  code,
  message,
  reason,
}: Pick<DoorRefusal, 'code' | 'message' | 'reason'>): string => {
  if (reason) return `${code}:${reason}`
  const field = FIELDS.find((name) => message.toLowerCase().includes(name))
  return field ? `${code}:${field}` : code
}
