import type { Message, MessageExtras } from '../../server/contract/message.ts'
import { type Quote, quoteOf, type Reader } from './quote.ts'
import { saidIn } from './said.ts'

/** What a bubble shows besides its words, its files and its fate. */
export interface RichParts {
  content: string
  extras?: MessageExtras | undefined
  quote?: Quote | undefined
  hasFormats?: boolean
}

interface Around extends Reader {
  messages: readonly Message[]
  formats: 'none' | 'html'
}

/** Reads what messages are besides their words; what they answer is looked up among those that are held. */
export const richPartsOf = ({ messages, formats, ...reader }: Around): ((message: Message) => RichParts) => {
  let byId: Map<string, Message> | undefined
  const find = (id: string | null | undefined) => {
    if (!id) return undefined
    byId ??= new Map(messages.map((message) => [message.id, message]))
    return byId.get(id)
  }
  return (message) => ({
    content: isSeen(message) ? '' : saidIn(message),
    extras: message.extras,
    quote: quoteOf(message, find(message.extras?.quote?.messageId), reader),
    hasFormats: formats === 'html' && message.type !== 'customer',
  })
}

/** A sticker that is shown: the emoji that came with it stands for it elsewhere. */
const isSeen = ({ kind, attachments }: Message) =>
  kind === 'sticker' && attachments?.length === 1 && attachments[0]?.state === 'ready'
