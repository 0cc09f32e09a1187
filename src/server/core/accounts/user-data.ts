import type { UserRow } from '../ports/accounts.ts'

/** The legacy `user_data` of a sign-in. */
export const toUserData = (user: UserRow) => ({
  id: user.id,
  first_name: user.firstName,
  last_name: user.lastName,
  email: user.email,
  username: user.username,
  default_reply_handler: user.defaultReplyHandler,
  locale: user.locale,
})
