import type { UserRow } from '../../core/ports/accounts.ts'
import type { User } from './generated/client.ts'

/** A person as the core knows them. */
export function toUser(row: User): UserRow {
  const { id, email, username, passwordHash, firstName, lastName, isInstanceAdmin } = row
  const locale = row.locale === 'en' ? 'en' : 'fa'
  const defaultReplyHandler = row.defaultReplyHandler === 'AI' ? 'AI' : 'support'
  const person = { id, email, username, passwordHash, firstName, lastName }
  return { ...person, locale, defaultReplyHandler, isInstanceAdmin }
}
