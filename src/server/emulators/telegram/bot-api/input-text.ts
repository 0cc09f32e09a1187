import type { TextEntity } from '../message-types.ts'
import { cleanText, showsAnything } from '../text/clean-text.ts'
import { withFoundEntities } from '../text/find-entities.ts'
import { type FormattedText, sortEntities } from '../text/formatted-text.ts'
import { parseHtml } from '../text/html-entities.ts'
import { badRequest } from './bot-api-error.ts'
import type { Params } from './params.ts'

const MAX_RAW_BYTES = 32_768
const MAX_TEXT_LENGTH = 4_096
const MAX_CAPTION_LENGTH = 1_024
const GIVEN_TYPES = new Set(
  'bold italic underline strikethrough spoiler code pre text_link custom_emoji blockquote expandable_blockquote'.split(
    ' ',
  ),
)

/** The `text` of a call, its markup read. Telegram does this before it looks at the chat. */
export function readInputText(params: Params): FormattedText {
  if (params.text('text') === '') throw badRequest('message text is empty')
  return readFormatted(params, { text: 'text', entities: 'entities' })
}

/** The `caption` of a call; there may be none. */
export function readCaption(params: Params): FormattedText {
  return readFormatted(params, { text: 'caption', entities: 'caption_entities' })
}

/** The text as it will stand in the chat. */
export function finishText(input: FormattedText): FormattedText {
  const clean = cleanText(input)
  if (clean.text.length > MAX_TEXT_LENGTH) throw badRequest('message is too long')
  return withFoundEntities(clean)
}

export function finishCaption(input: FormattedText): FormattedText {
  if (!showsAnything(input.text)) return { text: '', entities: [] }
  const clean = cleanText(input)
  if (clean.text.length > MAX_CAPTION_LENGTH) throw badRequest('message caption is too long')
  return withFoundEntities(clean)
}

function readFormatted(params: Params, names: { text: string; entities: string }): FormattedText {
  const raw = params.text(names.text)
  if (Buffer.byteLength(raw) > MAX_RAW_BYTES) throw badRequest('text is too long')
  const mode = params.text('parse_mode').toLowerCase()
  if (mode === 'html') return parseHtml(raw)
  if (mode === 'markdown' || mode === 'markdownv2') {
    throw badRequest("can't parse entities: this emulator reads no Markdown, only HTML")
  }
  if (mode !== '' && mode !== 'none') throw badRequest('unsupported parse_mode')
  return { text: raw, entities: givenEntities(params.json(names.entities)) }
}

function givenEntities(value: unknown): TextEntity[] {
  if (!Array.isArray(value)) return []
  const given = value.map(readEntity).filter((entity) => entity !== null)
  return sortEntities(given)
}

/** Types that Telegram finds by itself are left out. */
function readEntity(value: unknown): TextEntity | null {
  if (typeof value !== 'object' || value === null) throw entityError('expected an Object')
  const { type, offset, length, url, language, custom_emoji_id } = value as Record<string, unknown>
  if (typeof type !== 'string') throw entityError('Can\'t find field "type"')
  if (!Number.isInteger(offset)) throw entityError('Can\'t find field "offset"')
  if (!Number.isInteger(length)) throw entityError('Can\'t find field "length"')
  if (!GIVEN_TYPES.has(type)) return null
  return {
    type,
    offset: Number(offset),
    length: Number(length),
    ...(type === 'text_link' ? { url: String(url ?? '') } : {}),
    ...(type === 'pre' && typeof language === 'string' ? { language } : {}),
    ...(type === 'custom_emoji' ? { custom_emoji_id: String(custom_emoji_id ?? '') } : {}),
  }
}

function entityError(reason: string) {
  return badRequest(`can't parse MessageEntity: ${reason}`)
}
