import { randomInt } from 'node:crypto'

export const MAX_ALBUM = 10
export const ALBUM_KINDS: ReadonlySet<string> = new Set(['photo', 'video', 'document', 'audio'])

const ALBUM_ID_SPAN = 2 ** 47

/** Telegram's are long decimal numbers, unlike each other. */
export function newAlbumId(): string {
  return `139${randomInt(ALBUM_ID_SPAN).toString().padStart(15, '0')}`
}
