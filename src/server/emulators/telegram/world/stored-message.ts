import { fileAccount, type StoredFile } from '../files/file-store.ts'
import type { ChatMessage, ContentKind, MediaKind, TextEntity } from '../message-types.ts'

/** `emoji` belongs to stickers. */
export type Media = { kind: MediaKind; file: StoredFile; emoji: string | null }

export type StoredMessage = {
  id: number
  from: 'user' | 'bot'
  dateMs: number
  kind: ContentKind
  /** The text, or the caption of the file. */
  text: string
  entities: TextEntity[]
  media: Media | null
  albumId: string | null
  /** Told as they are, in Telegram's spelling. */
  fields: Readonly<Record<string, unknown>>
  replyTo: number | null
  quote: string | null
  editDateMs: number | null
  reactions: string[]
  botReactions: string[]
}

/** What somebody says, before it has a place in a chat. */
export type Draft = Pick<StoredMessage, 'kind' | 'text' | 'entities'> &
  Partial<Pick<StoredMessage, 'media' | 'albumId' | 'fields' | 'replyTo' | 'quote'>>

export function newMessage(draft: Draft, at: Pick<StoredMessage, 'id' | 'from' | 'dateMs'>): StoredMessage {
  return {
    media: null,
    albumId: null,
    fields: {},
    replyTo: null,
    quote: null,
    ...draft,
    ...at,
    editDateMs: null,
    reactions: [],
    botReactions: [],
  }
}

export function toChatMessage(message: StoredMessage): ChatMessage {
  return {
    message_id: message.id,
    from: message.from,
    kind: message.kind,
    dateMs: message.dateMs,
    text: message.text,
    entities: structuredClone(message.entities),
    file: message.media === null ? null : fileAccount(message.media.file),
    albumId: message.albumId,
    fields: structuredClone(message.fields),
    replyToMessageId: message.replyTo,
    quote: message.quote,
    edited: message.editDateMs !== null,
    editDateMs: message.editDateMs,
    reactions: [...message.reactions],
    botReactions: [...message.botReactions],
  }
}
