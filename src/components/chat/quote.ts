import type { Message, MessageKind } from '../../server/contract/message.ts'
import { saidIn } from './said.ts'

/** What a message answers, as it stands now. */
export interface Quote {
  /** Null where nobody can jump to it. */
  messageId: string | null
  by: 'customer' | 'self' | 'team' | 'bot'
  name: string | null
  text: string
  /** What stands for the words where there are none; null where that is not known. */
  kind: MessageKind | null
  isGone: boolean
}

/** The quote of a message. Of an original that is held its present words are shown, else those that came along. */
export const quoteOf = (
  { extras }: Pick<Message, 'extras'>,
  original: Message | undefined,
  selfId: number,
): Quote | undefined => {
  const quote = extras?.quote
  if (!quote) return undefined
  if (original) return quoteFrom(original, selfId)
  const by = quote.isOwn ? 'team' : 'customer'
  const { messageId, text } = quote
  return { messageId, by, name: null, text, kind: null, isGone: false }
}

/** A message as it is quoted. */
export const quoteFrom = (original: Message, selfId: number): Quote => {
  const isGone = original.deletedAt !== null
  return {
    messageId: original.id,
    by: quotedBy(original, selfId),
    name: original.author?.name ?? null,
    text: isGone ? '' : saidIn(original),
    kind: original.kind,
    isGone,
  }
}

const quotedBy = ({ type, author }: Message, selfId: number): Quote['by'] => {
  if (type === 'customer') return 'customer'
  if (type === 'AI') return 'bot'
  return author?.userId === selfId ? 'self' : 'team'
}
