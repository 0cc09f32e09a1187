import { visibleText } from './format.ts'
import type { Message } from './message.ts'
import type { WidgetMessage } from './widget.ts'

/** Where a visitor gets a file from; null while there is nothing to get. */
export type UrlOf = (attachmentId: string, isThumb: boolean) => string | null

const SIDES = { customer: 'visitor', AI: 'bot', support: 'agent', marketing: 'agent' } as const

/** A message as its visitor may see it: nothing of how it was made, held or delivered. */
export const toWidgetMessage = (message: Message, urlOf: UrlOf): WidgetMessage => ({
  id: message.id,
  seq: message.seq,
  from: SIDES[message.type],
  name: message.type === 'support' ? (message.author?.name ?? null) : null,
  content: message.content,
  client_id: message.type === 'customer' ? message.clientId : null,
  attachments: (message.attachments ?? []).map((one) => ({
    ...one,
    url: urlOf(one.id, false),
    thumb_url: one.hasThumb ? urlOf(one.id, true) : null,
  })),
  quote: quoted(message.extras),
  reaction: message.extras?.reactions?.find(({ by }) => by === 'agent')?.emoji ?? null,
  created_at: message.createdAt,
  edited_at: message.editedAt,
  deleted_at: message.deletedAt,
})

/** Tags are formatting in what our side said, and here there is no place for it. */
const quoted = (extras: Message['extras']): string | null => {
  const { text, isOwn } = extras?.quote ?? {}
  return isOwn && text !== undefined ? visibleText(text) : (text ?? null)
}
