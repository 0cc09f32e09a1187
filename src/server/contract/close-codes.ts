/** The close code of a console's socket that was ended by somebody; the console connects again and says so. */
export const CONSOLE_ENDED = 4410

/** The close code of a console's socket whose person is no longer what they were in a workspace: connect again. */
export const RIGHTS_CHANGED = 4403

/** The close codes of a visitor's socket: ask for a session again; that is refused; too many at once. */
export const WIDGET_UNPROVED = 4401
export const WIDGET_REFUSED = 4403
export const WIDGET_TOO_MANY = 4429
