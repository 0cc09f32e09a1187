import type { EmulatorLimits } from '../limits.ts'
import type { FileKind, FileRef } from './file-ids.ts'

type Grant = { ref: FileRef; path: string; expiresMs: number }

/** Telegram promises an hour at least; here it is an hour to the millisecond. */
const DOWNLOAD_LIFE_MS = 60 * 60 * 1000

const FOLDERS: Readonly<Record<FileKind, string>> = {
  photo: 'photos',
  voice: 'voice',
  audio: 'music',
  video: 'videos',
  video_note: 'video_notes',
  animation: 'animations',
  document: 'documents',
  sticker: 'stickers',
  thumbnail: 'thumbnails',
}
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/gif': '.gif',
  'audio/ogg': '.oga',
  'audio/mpeg': '.mp3',
  'video/mp4': '.mp4',
  'application/pdf': '.pdf',
}

/** The paths below `/file/bot<token>/` that may be fetched for a while. */
export class Downloads {
  readonly #limits: EmulatorLimits
  readonly #grants = new Map<string, Grant>()
  #count = 0

  constructor(limits: EmulatorLimits) {
    this.#limits = limits
  }

  /** The file's path, good for an hour from now on. */
  grant(ref: FileRef, mime: string, nowMs: number): string {
    const key = keyOf(ref)
    const path = this.#grants.get(key)?.path ?? this.#newPath(ref.kind, mime)
    this.#grants.delete(key)
    this.#grants.set(key, { ref, path, expiresMs: nowMs + DOWNLOAD_LIFE_MS })
    const [oldest] = this.#grants.keys()
    if (this.#grants.size > this.#limits.maxFiles && oldest !== undefined) this.#grants.delete(oldest)
    return path
  }

  find(botId: number, path: string, nowMs: number): FileRef | null {
    for (const grant of this.#grants.values()) {
      const isMeant = grant.ref.botId === botId && grant.path === path
      if (isMeant) return grant.expiresMs > nowMs ? grant.ref : null
    }
    return null
  }

  clear(): void {
    this.#grants.clear()
  }

  #newPath(kind: FileKind, mime: string): string {
    const name = `file_${this.#count}${ENDINGS[mime] ?? ''}`
    this.#count += 1
    return `${FOLDERS[kind]}/${name}`
  }
}

function keyOf({ botId, kind, fileKey, variant }: FileRef): string {
  return `${botId}:${kind}:${fileKey}:${variant}`
}
