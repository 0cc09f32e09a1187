/** The close code of a console's socket that was ended by somebody; the console connects again and says so. */
export const CONSOLE_ENDED = 4410

/** The close code of a console's socket whose person is no longer what they were in a workspace: connect again. */
export const RIGHTS_CHANGED = 4403
