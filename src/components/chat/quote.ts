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

/** Who looks, and at whose conversation. */
export interface Reader {
  selfId: number
  customerName?: string | null | undefined
}

/** The quote of a message. Of an original that is held its present words are shown, else those that came along. */
export const quoteOf = (
  { extras }: Pick<Message, 'extras'>,
  original: Message | undefined,
  reader: Reader,
): Quote | undefined => {
  const quote = extras?.quote
  if (!quote) return undefined
  if (original) return quoteFrom(original, reader)
  const by = quote.isOwn ? 'team' : 'customer'
  const { messageId, text } = quote
  const name = by === 'customer' ? (reader.customerName ?? null) : null
  return { messageId, by, name, text, kind: null, isGone: false }
}

/** A message as it is quoted. */
export const quoteFrom = (original: Message, { selfId, customerName = null }: Reader): Quote => {
  const isGone = original.deletedAt !== null
  return {
    messageId: original.id,
    by: quotedBy(original, selfId),
    name: original.type === 'customer' ? customerName : (original.author?.name ?? null),
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
