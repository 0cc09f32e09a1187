/** Events kept to be applied again over a snapshot that was asked for before they came. */
export const MAX_RECENT_EVENTS = 2_000
/** Messages of one thread held in the window that is on the screen. */
export const MAX_THREAD_MESSAGES = 1_000
/** Threads kept for a quick return. */
export const MAX_THREADS = 40
/** Lists (views and searches) kept for a quick return. */
export const MAX_LISTS = 12
/** Conversations held before those that nothing shows are let go. */
export const MAX_CONVERSATIONS = 20_000
/** Deleted conversations remembered, so that an open one can say so. */
export const MAX_DELETED = 1_000
/** Rows of one list; beyond it, search. */
export const MAX_LIST_ROWS = 10_000
/** Messages asked for at a time. */
export const THREAD_PAGE = 50
/** Messages asked for at a time to fill a hole. */
export const GAP_PAGE = 100
/** Conversations asked for at a time. */
export const LIST_PAGE = 40
/** Messages that wait in one browser until they can be sent. */
export const MAX_OUTGOING = 500
/** Drafts kept in one browser. */
export const MAX_DRAFTS = 200
/** People shown as typing or viewing in all conversations together. */
export const MAX_SIGNALS = 500
