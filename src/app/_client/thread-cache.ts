import type { Delivery, Message, MessagePage } from '../../server/contract/message.ts'
import { MAX_THREAD_MESSAGES } from './limits.ts'

/**
 * The part of a thread that is held, in ascending seq. Between the first message and `known` nothing is missing; what
 * lies above `known` came early and waits for the hole below it to be filled. `hasNewer`: the window was moved up so
 * far that it no longer reaches the newest message.
 */
export interface ThreadCache {
  messages: readonly Message[]
  hasOlder: boolean
  hasNewer: boolean
  known: number
}

/** A thread as its newest page tells it. `upTo`: the last seq that was known to exist when the page was asked for. */
export const threadFromPage = (page: MessagePage, upTo: number): ThreadCache => ({
  messages: page.messages,
  hasOlder: page.hasOlder,
  hasNewer: false,
  known: Math.max(upTo, page.messages.at(-1)?.seq ?? 0),
})

/** Takes a message as it was when it was stored. One that is held already changes nothing: it may have gone further. */
export const withMessage = (thread: ThreadCache, message: Message): ThreadCache => {
  if (thread.messages.some(({ id }) => id === message.id)) return thread
  if (thread.hasNewer && message.seq > thread.known) return thread
  if (isBelowWindow(thread, message)) return thread
  const messages = merge(thread.messages, [message])
  return { ...thread, messages, known: advance(messages, thread.known) }
}

/** Puts a page of older messages in front; a window that grows too long lets its newest end go. */
export const withOlder = (thread: ThreadCache, page: MessagePage): ThreadCache => {
  const messages = merge(thread.messages, page.messages)
  const kept = messages.slice(0, MAX_THREAD_MESSAGES)
  const cut = kept.length < messages.length
  return {
    messages: kept,
    hasOlder: page.hasOlder,
    hasNewer: thread.hasNewer || cut,
    known: cut ? (kept.at(-1)?.seq ?? 0) : thread.known,
  }
}

/**
 * Adds what the server has after `known`. `isLast`: nothing followed the page when it was read, so whatever is still
 * missing up to `upTo`, the last seq known when it was asked for, is not for our eyes and is not asked for again.
 */
export const withNewer = (
  thread: ThreadCache,
  page: MessagePage,
  { isLast, upTo }: { isLast: boolean; upTo: number },
): ThreadCache => {
  const merged = merge(thread.messages, page.messages)
  const messages = merged.slice(-MAX_THREAD_MESSAGES)
  const reached = Math.max(thread.known, page.messages.at(-1)?.seq ?? 0)
  return {
    messages,
    hasOlder: thread.hasOlder || messages.length < merged.length,
    hasNewer: !isLast && thread.hasNewer,
    known: advance(messages, isLast ? Math.max(reached, upTo) : reached),
  }
}

/** Takes a newer state of a delivery. A message that is not held is not invented. */
export const withDelivery = (thread: ThreadCache, messageId: string, delivery: Delivery): ThreadCache => {
  const index = thread.messages.findIndex((message) => message.id === messageId)
  const message = thread.messages[index]
  if (!message || sameDelivery(message.delivery, delivery)) return thread
  return { ...thread, messages: thread.messages.with(index, { ...message, delivery }) }
}

/** Takes what became of a change of a message: whether its platform has it. */
export const withUnreached = (
  thread: ThreadCache,
  messageId: string,
  unreached: NonNullable<Message['extras']>['unreached'],
): ThreadCache => {
  const message = thread.messages.find(({ id }) => id === messageId)
  if (!message || message.extras?.unreached === unreached) return thread
  const { unreached: _, ...extras } = message.extras ?? {}
  return withChanged(thread, { ...message, extras: unreached ? { ...extras, unreached } : extras })
}

/** Takes a message as it is now, where it is held. */
export const withChanged = (thread: ThreadCache, message: Message): ThreadCache => {
  const index = thread.messages.findIndex(({ id }) => id === message.id)
  return index === -1 ? thread : { ...thread, messages: thread.messages.with(index, message) }
}

/** What somebody thinks of one answer of the bot. */
export type Rating = Pick<Message, 'id' | 'conversationId' | 'feedback' | 'feedbackComment' | 'feedbackAt'>

/** Takes a rating. One that is held already changes nothing. */
export const withRating = (thread: ThreadCache, { id, ...rating }: Rating): ThreadCache => {
  const index = thread.messages.findIndex((message) => message.id === id)
  const message = thread.messages[index]
  if (!message || sameRating(message, rating)) return thread
  const { feedback, feedbackComment, feedbackAt } = rating
  const rated = { ...message, feedback, feedbackComment, feedbackAt }
  return { ...thread, messages: thread.messages.with(index, rated) }
}

/** True where the server has stored more than the window shows and nothing has fetched it yet. */
export const hasGap = (thread: ThreadCache, lastSeq: number): boolean =>
  !thread.hasNewer && thread.known < lastSeq

/** A thread nobody looks at any more keeps only its newest part. */
export const trimmed = (thread: ThreadCache, keep: number): ThreadCache =>
  thread.messages.length <= keep
    ? thread
    : { ...thread, messages: thread.messages.slice(-keep), hasOlder: true }

const isBelowWindow = (thread: ThreadCache, message: Message) => {
  const first = thread.messages[0]
  return thread.hasOlder && first !== undefined && message.seq < first.seq
}

const merge = (held: readonly Message[], incoming: readonly Message[]): readonly Message[] => {
  if (incoming.length === 0) return held
  const last = held.at(-1)
  const first = incoming[0]
  if (last && first && first.seq > last.seq) return [...held, ...incoming]
  const byId = new Map(held.map((message) => [message.id, message]))
  let changed = false
  for (const message of incoming) {
    if (sameMessage(byId.get(message.id), message)) continue
    byId.set(message.id, message)
    changed = true
  }
  return changed ? [...byId.values()].sort((a, b) => a.seq - b.seq) : held
}

const advance = (messages: readonly Message[], known: number): number => {
  let reached = known
  for (const { seq } of messages) if (seq === reached + 1) reached = seq
  return reached
}

const sameMessage = (a: Message | undefined, b: Message) =>
  a !== undefined &&
  a.seq === b.seq &&
  a.content === b.content &&
  a.editedAt === b.editedAt &&
  a.deletedAt === b.deletedAt &&
  sameParts(a, b) &&
  sameRating(a, b) &&
  sameDelivery(a.delivery, b.delivery)

/** Reactions, quotes and files come and change later. */
const sameParts = (a: Message, b: Message) =>
  JSON.stringify([a.extras, a.attachments]) === JSON.stringify([b.extras, b.attachments])

const sameRating = (a: Omit<Rating, 'id'>, b: Omit<Rating, 'id'>) =>
  a.feedback === b.feedback && a.feedbackComment === b.feedbackComment && a.feedbackAt === b.feedbackAt

const sameDelivery = (a: Delivery | null, b: Delivery | null) =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.state === b.state &&
    a.attempts === b.attempts &&
    a.error === b.error &&
    a.next === b.next &&
    a.nextAt === b.nextAt)
