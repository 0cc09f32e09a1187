/** Longest text of one message on the raw protocol and REST, in Unicode code points. */
export const MAX_RAW_CONTENT = 1_000
/** Longest text of one message written in the console, in Unicode code points. */
export const MAX_CONSOLE_CONTENT = 10_000
/** Largest client frame on any socket, in bytes. */
export const MAX_FRAME_BYTES = 64 * 1024
/** Largest JSON body of one HTTP request, in bytes. */
export const MAX_BODY_BYTES = 1024 * 1024
/** Deepest nesting accepted in a frame or a body. */
export const MAX_JSON_DEPTH = 32
/** Keys of all objects of a JSON body together. */
export const MAX_JSON_MEMBERS = 10_000
/** Rows in one page of a list. */
export const MAX_PAGE_SIZE = 500
/** Messages in one page of a thread in the console. */
export const MAX_THREAD_PAGE = 100
/** Conversations in one page of the console's list. */
export const MAX_LIST_PAGE = 100
/** Events replayed to one subscriber before it is told to start again from a snapshot. */
export const MAX_RESUME_EVENTS = 5_000
/** Most files of one message. */
export const MAX_ATTACHMENTS = 10
/** Largest file that is taken, from whomever, in bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024
