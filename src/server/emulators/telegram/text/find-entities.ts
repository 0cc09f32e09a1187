import type { TextEntity } from '../message-types.ts'
import { type FormattedText, sortEntities } from './formatted-text.ts'

const URL_PATTERN = /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,!?:;)\]]/g
const EMAIL = /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g
const BOT_COMMAND = /(?<![\w/@<>])\/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])/g
const MENTION = /(?<![\w@])@[A-Za-z]\w{3,31}\b/g
const HASHTAG = /(?<![\p{L}\p{N}_#])#[\p{L}\p{N}_]{1,256}/gu

const FINDERS: ReadonlyArray<readonly [string, RegExp]> = [
  ['url', URL_PATTERN],
  ['email', EMAIL],
  ['bot_command', BOT_COMMAND],
  ['mention', MENTION],
  ['hashtag', HASHTAG],
]
const OPAQUE_TYPES = new Set(['code', 'pre', 'text_link', 'text_mention', 'custom_emoji'])

/** Adds the entities that Telegram finds by itself: links, addresses, commands, mentions, hashtags. */
export function withFoundEntities({ text, entities }: FormattedText): FormattedText {
  const taken = entities.filter((entity) => OPAQUE_TYPES.has(entity.type))
  const found: TextEntity[] = []
  for (const [type, pattern] of FINDERS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      if (![...taken, ...found].some((other) => overlaps(entity, other))) found.push(entity)
    }
  }
  return { text, entities: sortEntities([...entities, ...found]) }
}

function overlaps(a: TextEntity, b: TextEntity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
