import type { MediaKind } from '../message-types.ts'
import type { StoredFile } from './file-store.ts'

export type FileKind = MediaKind | 'thumbnail'
/** `variant` is 0 for the file itself, 1 and on for its smaller pictures. */
export type FileRef = { botId: number; kind: FileKind; fileKey: number; variant: number; epoch: string }

const PREFIXES: Readonly<Record<FileKind, string>> = {
  photo: 'AgAC',
  voice: 'AwAC',
  audio: 'CQAC',
  video: 'BAAC',
  video_note: 'DQAC',
  animation: 'CgAC',
  document: 'BQAC',
  sticker: 'CAAC',
  thumbnail: 'AAMC',
}
const KINDS = new Map(Object.entries(PREFIXES).map(([kind, prefix]) => [prefix, kind as FileKind]))
const PREFIX_LENGTH = 4

/** The id under which one bot, and no other, may use the file. */
export function fileIdOf(botId: number, kind: FileKind, file: StoredFile, variant = 0): string {
  return PREFIXES[kind] + encode(`${botId}:${file.fileKey}:${variant}:${file.epoch}`)
}

/** The same for every bot, and good for nothing but telling files apart. */
export function uniqueFileIdOf(kind: FileKind, file: StoredFile, variant = 0): string {
  return `${PREFIXES[kind].slice(0, 2)}AD${encode(`${file.epoch.slice(0, 4)}${file.fileKey}:${variant}`)}`
}

export function readFileId(id: string): FileRef | null {
  const kind = KINDS.get(id.slice(0, PREFIX_LENGTH))
  const decoded = Buffer.from(id.slice(PREFIX_LENGTH), 'base64url').toString('latin1')
  const [, botId, fileKey, variant, epoch] = /^(\d+):(\d+):(\d+):([0-9a-f]+)$/.exec(decoded) ?? []
  if (kind === undefined || epoch === undefined) return null
  return { botId: Number(botId), kind, fileKey: Number(fileKey), variant: Number(variant), epoch }
}

function encode(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64url')
}
