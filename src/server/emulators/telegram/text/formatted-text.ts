import type { TextEntity } from '../message-types.ts'

/** Text with its entities; offsets and lengths count UTF-16 code units, as Telegram's do. */
export type FormattedText = { text: string; entities: TextEntity[] }

export function sortEntities(entities: TextEntity[]): TextEntity[] {
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)
}
