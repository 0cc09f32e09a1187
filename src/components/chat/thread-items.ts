import type { Attachment } from '../../server/contract/attachment.ts'
import type { ErrorCode } from '../../server/contract/error.ts'
import type { Feedback, Message, MessageKind } from '../../server/contract/message.ts'
import { gatherAlbums } from './albums.ts'
import { type Standing, standingOf, standingOfPending } from './delivery.ts'
import { quoteFrom, type Reader } from './quote.ts'
import { type RichParts, richPartsOf } from './rich-bubble.ts'
import { isSameDay } from './time.ts'

/** A message of ours that is not stored yet. */
export interface Pending {
  clientId: string
  content: string
  attachments?: readonly Attachment[]
  replyToId?: string
  createdAt: string
  state: string
  error: ErrorCode | null
}

export interface BubbleItem extends RichParts {
  kind: 'bubble'
  /** Stays the same when a pending message becomes a stored one, so that its bubble does not blink. */
  key: string
  messageId: string | null
  clientId: string | null
  side: 'in' | 'out'
  by: 'customer' | 'self' | 'colleague' | 'bot'
  authorName: string | null
  contentKind: MessageKind
  attachments: readonly Attachment[]
  isDeleted: boolean
  /** The customer was erased, and so what was said. */
  isErased: boolean
  isEdited: boolean
  at: string
  standing: Standing | null
  /** Its newest change, where the platform did not take it. */
  unreached?: NonNullable<Message['extras']>['unreached']
  /** What is thought of an answer of the bot; null where there is nothing to rate. */
  rating: { feedback: Feedback; comment: string } | null
  /** Where several messages stand in one bubble: all of them. */
  memberIds?: readonly string[]
  startsGroup: boolean
  endsGroup: boolean
}

export type ThreadItem =
  | BubbleItem
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'held'; key: string; count: number }

interface Input {
  messages: readonly Message[]
  pending: readonly Pending[]
  selfId: number
  customerName?: string | null
  /** Messages of the customer above this seq came after the last look; null: no divider. */
  newAfter: number | null
  /** The seqs at which messages are held as spam, ascending. */
  held?: readonly number[]
  /** True where the thread goes on below or above what is shown: what is held there belongs there. */
  hasOlder?: boolean
  hasNewer?: boolean
  isErased?: boolean
  /** Up to which seq the customer has seen what we said, as far as their platform tells. */
  seenSeq?: number
  /** What the channel makes of tags in what we write. */
  formats?: 'none' | 'html'
}

const NO_FILES: readonly Attachment[] = []
const GROUP_MS = 3 * 60_000

/** What a thread shows, from top to bottom: days, the line above what is new, and bubbles in groups of one sender. */
export const threadItems = (input: Input): ThreadItem[] => {
  const { messages, pending, selfId, customerName, newAfter, formats = 'none' } = input
  const richParts = richPartsOf({ messages, selfId, customerName, formats })
  const stored = messages.map((message) => ({ ...fromMessage(message, input), ...richParts(message) }))
  const answered = (id: string | undefined) =>
    messages.find((message) => id !== undefined && message.id === id)
  const bubbles = [
    ...stored,
    ...pending.map((one) =>
      fromPending(one, { original: answered(one.replyToId), selfId, customerName, formats }),
    ),
  ]
  const newAt =
    newAfter === null ? -1 : messages.findIndex((one) => one.seq > newAfter && one.type === 'customer')
  const items = bubbles
    .flatMap((bubble, index) => {
      const before = bubbles[index - 1]
      const after = bubbles[index + 1]
      const isNew = index === newAt
      const held = heldBefore(input, index)
      const startsDay = !before || !isSameDay(before.at, bubble.at)
      const startsGroup = startsDay || isNew || held.length > 0 || !isTogether(before, bubble)
      const endsGroup =
        !after ||
        index + 1 === newAt ||
        heldBefore(input, index + 1).length > 0 ||
        !isSameDay(bubble.at, after.at) ||
        !isTogether(bubble, after)
      const lines: ThreadItem[] = [...held]
      if (startsDay) lines.push({ kind: 'day', key: `day:${bubble.key}`, at: bubble.at })
      if (isNew) lines.push({ kind: 'new', key: 'new' })
      return [...lines, { ...bubble, startsGroup, endsGroup }]
    })
    .concat(bubbles.length === messages.length ? heldBefore(input, messages.length) : [])
  return gatherAlbums(items)
}

/** The line for what is held between the message before this place and the one at it. */
const heldBefore = ({ messages, held = [], hasOlder, hasNewer }: Input, index: number): ThreadItem[] => {
  if (held.length === 0 || index > messages.length || (index === 0 && hasOlder)) return []
  if (index === messages.length && hasNewer) return []
  const from = messages[index - 1]?.seq ?? 0
  const to = messages[index]?.seq ?? Number.POSITIVE_INFINITY
  const between = held.filter((seq) => seq > from && seq < to)
  return between.length > 0 ? [{ kind: 'held', key: `held:${between[0]}`, count: between.length }] : []
}

const isTogether = (a: BubbleItem, b: BubbleItem) =>
  a.by === b.by && a.authorName === b.authorName && Date.parse(b.at) - Date.parse(a.at) < GROUP_MS

const fromMessage = (message: Message, input: Input): BubbleItem => {
  const { selfId, isErased = false, seenSeq = 0 } = input
  const by = senderOf(message, selfId)
  return {
    kind: 'bubble',
    key: by === 'self' && message.clientId ? message.clientId : message.id,
    messageId: message.id,
    clientId: message.clientId,
    side: by === 'customer' ? 'in' : 'out',
    by,
    authorName: message.author?.name ?? null,
    content: message.content,
    contentKind: message.kind,
    attachments: message.attachments ?? NO_FILES,
    isDeleted: message.deletedAt !== null,
    isErased,
    isEdited: message.editedAt !== null,
    at: message.createdAt,
    standing: by === 'customer' ? null : standingOf(message.delivery, message.seq <= seenSeq),
    ...(message.extras?.unreached && { unreached: message.extras.unreached }),
    rating: ratingOf(message),
    startsGroup: true,
    endsGroup: true,
  }
}

interface Meeting extends Reader {
  original: Message | undefined
  formats: 'none' | 'html'
}

const fromPending = (pending: Pending, { original, formats, ...reader }: Meeting): BubbleItem => ({
  kind: 'bubble',
  key: pending.clientId,
  messageId: null,
  clientId: pending.clientId,
  side: 'out',
  by: 'self',
  authorName: null,
  content: pending.content,
  contentKind: 'text',
  quote: original && quoteFrom(original, reader),
  hasFormats: formats === 'html',
  attachments: pending.attachments ?? NO_FILES,
  isDeleted: false,
  isErased: false,
  isEdited: false,
  at: pending.createdAt,
  standing: standingOfPending(pending),
  rating: null,
  startsGroup: true,
  endsGroup: true,
})

const ratingOf = ({ type, deletedAt, feedback, feedbackComment }: Message): BubbleItem['rating'] =>
  type === 'AI' && deletedAt === null ? { feedback, comment: feedbackComment } : null

const senderOf = ({ type, author }: Message, selfId: number): BubbleItem['by'] => {
  if (type === 'customer') return 'customer'
  if (type === 'AI') return 'bot'
  return author?.userId === selfId ? 'self' : 'colleague'
}
