import type { Capabilities } from '../../server/contract/capabilities.ts'
import type { BubbleItem } from './thread-items.ts'

/** What can be done with one message, by its channel's table and by who looks at it. */
export interface Moves {
  canReply: boolean
  canEdit: boolean
  canRemove: boolean
  canCopy: boolean
  /** The emoji that can be put on it; none where it takes none. */
  emojis: readonly string[]
  /** Our side's reaction to it. */
  ours: string | null
}

interface Looker {
  capabilities: Pick<Capabilities, 'replies' | 'editFor' | 'deleteFor' | 'reactions'>
  /** They may change what others of their side wrote. */
  canChangeOthers: boolean
  /** False where nothing goes to the customer any more. */
  isOpen: boolean
  now: number
}

// Telegram takes a heart without the sign that asks for its colour, and of emoji only those on its list.
const ANY = ['👍', '❤', '🙏', '😁', '🎉', '🔥', '👏', '😢'] as const
const EMOJIS = { any: ANY, love: ['❤'], none: [] } as const

/** What is not stored, or was taken back, can only be looked at. */
export const movesOf = (bubble: BubbleItem, looker: Looker): Moves => {
  const { messageId, isDeleted, content, by, extras, attachments } = bubble
  const { capabilities, canChangeOthers, isOpen } = looker
  const isThere = messageId !== null && !isDeleted
  const isOurs = by === 'self' || (canChangeOthers && by !== 'customer')
  const canChange = isThere && isOpen && isOurs
  return {
    canReply: isThere && isOpen && capabilities.replies,
    canEdit: canChange && attachments.length === 0 && content !== '' && isInTime(bubble, looker, 'editFor'),
    canRemove: canChange && isInTime(bubble, looker, 'deleteFor'),
    canCopy: isThere && content !== '',
    emojis: isThere && isOpen && by === 'customer' ? EMOJIS[capabilities.reactions] : [],
    ours: extras?.reactions?.find((reaction) => reaction.by === 'agent')?.emoji ?? null,
  }
}

/** What the platform never got may always be changed. */
const isInTime = (
  { standing, at }: BubbleItem,
  { capabilities, now }: Looker,
  limit: 'editFor' | 'deleteFor',
) => {
  if (standing?.step === 'failed') return true
  const forMs = capabilities[limit]
  return forMs !== null && now - Date.parse(at) <= forMs
}

export const hasMoves = (moves: Moves): boolean =>
  moves.canReply || moves.canEdit || moves.canRemove || moves.canCopy || moves.emojis.length > 0
