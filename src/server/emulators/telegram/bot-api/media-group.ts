import type { MediaKind } from '../message-types.ts'
import type { FormattedText } from '../text/formatted-text.ts'
import { ALBUM_KINDS, MAX_ALBUM, newAlbumId } from '../world/album.ts'
import type { Draft } from '../world/stored-message.ts'
import { BotApiError, badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { requireUnblocked } from './chat-access.ts'
import { acceptFile, type InputFile, readInputFile } from './input-file.ts'
import { finishCaption, readCaption } from './input-text.ts'
import { Params } from './params.ts'
import { findPlace, put } from './post-message.ts'
import { asParams } from './read-params.ts'

type Item = { kind: MediaKind; input: InputFile; words: FormattedText; params: Params }

/** These are grouped with their like only. */
const UNMIXED = ['document', 'audio'] as const

export const sendMediaGroup: Method = { name: 'sendMediaGroup', flooded: true, weight: countItems, run: send }

function send(call: Call): Answer {
  const items = readList(call.params).map((value) => readItem(value, call.params.files))
  checkItems(items)
  const place = findPlace(call)
  const captions = items.map(({ words }) => finishCaption(words))
  requireUnblocked(place.chat)
  const albumId = items.length > 1 ? newAlbumId() : null
  const drafts = items.map((item, index): Draft => {
    const media = acceptItem({ ...call, params: item.params }, item, index + 1)
    return { kind: media.kind, text: '', entities: [], ...captions[index], media, albumId }
  })
  return { result: drafts.map((draft) => put(call, place, draft)) }
}

function countItems({ params }: Call): number {
  const value = params.json('media')
  return Array.isArray(value) ? Math.min(MAX_ALBUM, Math.max(1, value.length)) : 1
}

function readList(params: Params): unknown[] {
  const value = params.json('media')
  if (value === undefined) throw badRequest('parameter "media" is required')
  if (value instanceof Error) throw badRequest("can't parse media JSON object")
  if (!Array.isArray(value)) throw badRequest('expected an Array of InputMedia')
  return value
}

function readItem(value: unknown, uploads: Params['files']): Item {
  if (typeof value !== 'object' || value === null) throw unreadable('expected an Object')
  const params = new Params(new Map(asParams(value)))
  const type = params.text('type')
  if (type === '') throw unreadable('Can\'t find field "type"')
  if (type === 'animation') throw unreadable('type "animation" can\'t be used in sendMediaGroup')
  if (!isAlbumKind(type)) throw unreadable(`type "${type}" is unsupported`)
  const input = readInputFile(params, uploads, 'media')
  if (input === null) throw unreadable('media not found')
  return { kind: type, input, words: readCaption(params), params }
}

function checkItems(items: Item[]): void {
  if (items.length === 0) throw badRequest('there are no messages to send')
  if (items.length > MAX_ALBUM) throw badRequest('too many messages to send as an album')
  for (const kind of UNMIXED) {
    const like = items.filter((item) => item.kind === kind).length
    if (like > 0 && like < items.length) throw badRequest(`${kind} can't be mixed with other media types`)
  }
}

/** Telegram says at which message of the album it stumbled; none is sent then. */
function acceptItem(call: Call, { kind, input }: Item, position: number) {
  try {
    return acceptFile(call, kind, input)
  } catch (error) {
    if (!(error instanceof BotApiError)) throw error
    const reason = error.message.replace(/^Bad Request: ./, (start) => start.slice(-1).toUpperCase())
    throw badRequest(`failed to send message #${position} with the error message "${reason}"`)
  }
}

const isAlbumKind = (type: string): type is MediaKind => ALBUM_KINDS.has(type)

function unreadable(reason: string): BotApiError {
  return badRequest(`can't parse InputMedia: ${reason}`)
}
