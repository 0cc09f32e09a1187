import { badRequest } from '../bot-api/bot-api-error.ts'
import type { TextEntity } from '../message-types.ts'
import type { FormattedText } from './formatted-text.ts'

// Telegram deletes carriage returns, bidirectional embeddings and combining lines, and blanks other controls.
const DELETED = /[\r\u2028-\u202e]|\u0333|\u033f|\u030a/g
const BLANKED = /[\0-\x09\x0b\x0c\x0e-\x1f]/g
const INVISIBLE = /^[\s\u180e\u2000-\u200b\u200e\u200f\u2060\u2800\ufffc]*$/

/** The text as Telegram keeps it: cleaned, trimmed, its entities moved along. Refuses text that shows nothing. */
export function cleanText(input: FormattedText): FormattedText {
  if (/\p{Surrogate}/u.test(input.text)) throw badRequest('strings must be encoded in UTF-8')
  checkRanges(input)
  const trimmed = trim(deleteCharacters(input))
  if (!showsAnything(trimmed.text)) throw badRequest('text must be non-empty')
  return trimmed
}

/** Whether anything of the text is to be seen. */
export function showsAnything(text: string): boolean {
  return !INVISIBLE.test(text)
}

function checkRanges({ text, entities }: FormattedText): void {
  for (const { offset, length } of entities) {
    if (offset < 0) throw badRequest(`receive an entity with incorrect offset ${offset}`)
    if (length < 0) throw badRequest(`receive an entity with incorrect length ${length}`)
    if (offset >= text.length && length > 0) {
      throw badRequest(`entity begins after the end of the text at UTF-16 offset ${offset}`)
    }
    if (offset + length > text.length) {
      const end = `ends after the end of the text at UTF-16 offset ${offset + length}`
      throw badRequest(`entity beginning at UTF-16 offset ${offset} ${end}`)
    }
  }
}

function deleteCharacters({ text, entities }: FormattedText): FormattedText {
  const deleted = [...text.matchAll(DELETED)].map((match) => match.index)
  const moved = (position: number) => position - deleted.filter((index) => index < position).length
  return {
    text: text.replace(DELETED, '').replace(BLANKED, ' '),
    entities: entities.map((entity) => {
      const offset = moved(entity.offset)
      return { ...entity, offset, length: moved(entity.offset + entity.length) - offset }
    }),
  }
}

function trim({ text, entities }: FormattedText): FormattedText {
  const end = text.replace(/[ \n]+$/, '').length
  const kept = entities.filter((entity) => entity.offset < end && entity.length > 0)
  // Spaces inside the first entity stay: Telegram trims the beginning only up to it.
  const firstEntity = Math.min(end, ...kept.map((entity) => entity.offset))
  const begin = Math.min(text.search(/[^ \n]|$/), firstEntity)
  return { text: text.slice(begin, end), entities: kept.map((entity) => shift(entity, begin, end)) }
}

function shift(entity: TextEntity, begin: number, end: number): TextEntity {
  const length = Math.min(entity.offset + entity.length, end) - entity.offset
  return { ...entity, offset: entity.offset - begin, length }
}
