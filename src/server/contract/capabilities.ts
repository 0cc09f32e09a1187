import type { AttachmentKind } from './attachment.ts'
import type { Source } from './customer.ts'

/** How a platform counts the length of a text. */
export type TextUnit = 'utf16' | 'bytes' | 'code_points'

export interface MediaLimit {
  /** In bytes. */
  maxSize: number
  /** Accepted types; null: any. */
  types: readonly string[] | null
}

/** What a channel's platform lets us do. The composer, the validation and the sender all read this table, and no other. */
export interface Capabilities {
  text: { max: number; unit: TextUnit }
  /** Longest text beside a file; 0: a file goes without one. */
  caption: number
  /** Kinds that may be sent, with their limits; a kind that is missing may not. */
  media: Partial<Record<AttachmentKind, MediaLimit>>
  attachmentsPerMessage: number
  replies: boolean
  /** In milliseconds since it was sent; null: never, Infinity: always. */
  editFor: number | null
  deleteFor: number | null
  /** Emoji we may put on a customer's message: any, one kind, or none. */
  reactions: 'any' | 'love' | 'none'
  /** What the platform tells of our messages beyond having taken them. */
  receipts: 'none' | 'seen'
  /** Whether its customers are shown that we have read what they wrote only where we say so. */
  marksSeen: boolean
  typing: { toCustomer: boolean; fromCustomer: boolean }
  /** How long after the customer's last message one may write, and for how long a person may under the tag for people. */
  window: { ms: number; humanMs: number } | null
  formats: 'none' | 'html'
}

const MB = 1024 * 1024
const HOUR = 60 * 60 * 1000
const anyFile = (maxSize: number): MediaLimit => ({ maxSize, types: null })

const TELEGRAM: Capabilities = {
  text: { max: 4096, unit: 'utf16' },
  caption: 1024,
  media: {
    image: { maxSize: 10 * MB, types: ['image/jpeg', 'image/png', 'image/webp'] },
    voice: { maxSize: 50 * MB, types: ['audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/x-m4a'] },
    audio: { maxSize: 50 * MB, types: ['audio/mpeg', 'audio/mp4', 'audio/x-m4a'] },
    video: { maxSize: 50 * MB, types: ['video/mp4'] },
    animation: { maxSize: 50 * MB, types: ['image/gif', 'video/mp4'] },
    file: anyFile(50 * MB),
  },
  attachmentsPerMessage: 1,
  replies: true,
  editFor: Number.POSITIVE_INFINITY,
  deleteFor: 48 * HOUR,
  reactions: 'any',
  receipts: 'none',
  marksSeen: false,
  typing: { toCustomer: true, fromCustomer: false },
  window: null,
  formats: 'html',
}

const INSTAGRAM: Capabilities = {
  text: { max: 1000, unit: 'bytes' },
  caption: 0,
  media: {
    image: { maxSize: 8 * MB, types: ['image/jpeg', 'image/png', 'image/gif'] },
    voice: { maxSize: 25 * MB, types: ['audio/aac', 'audio/mp4', 'audio/x-m4a', 'audio/wav'] },
    audio: { maxSize: 25 * MB, types: ['audio/aac', 'audio/mp4', 'audio/x-m4a', 'audio/wav'] },
    video: {
      maxSize: 25 * MB,
      types: ['video/mp4', 'video/ogg', 'video/quicktime', 'video/webm', 'video/x-msvideo'],
    },
    file: { maxSize: 25 * MB, types: ['application/pdf'] },
  },
  attachmentsPerMessage: 1,
  replies: true,
  editFor: null,
  deleteFor: null,
  reactions: 'love',
  receipts: 'seen',
  marksSeen: true,
  typing: { toCustomer: true, fromCustomer: false },
  window: { ms: 24 * HOUR, humanMs: 7 * 24 * HOUR },
  formats: 'none',
}

const WEBSITE: Capabilities = {
  text: { max: 10_000, unit: 'code_points' },
  caption: 10_000,
  media: {
    image: anyFile(25 * MB),
    voice: anyFile(25 * MB),
    audio: anyFile(25 * MB),
    video: anyFile(25 * MB),
    animation: anyFile(25 * MB),
    file: anyFile(25 * MB),
  },
  attachmentsPerMessage: 1,
  replies: true,
  editFor: Number.POSITIVE_INFINITY,
  deleteFor: Number.POSITIVE_INFINITY,
  reactions: 'any',
  receipts: 'seen',
  marksSeen: false,
  typing: { toCustomer: true, fromCustomer: true },
  window: null,
  formats: 'html',
}

/** A conversation that came from nowhere we know: it is only stored. */
const UNKNOWN: Capabilities = {
  ...WEBSITE,
  media: {},
  replies: false,
  editFor: null,
  deleteFor: null,
  reactions: 'none',
  receipts: 'none',
  typing: { toCustomer: false, fromCustomer: false },
  formats: 'none',
}

/** Platforms that tell us, by an echo, of every message of ours that they have. */
export const ECHOING: ReadonlySet<Source> = new Set(['instagram'])

export const CAPABILITIES: Readonly<Record<Source, Capabilities>> = {
  telegram: TELEGRAM,
  instagram: INSTAGRAM,
  website: WEBSITE,
  unknown: UNKNOWN,
}

/** A text of so many bytes is one message on every channel, whatever its platform counts in. */
export const FITS_EVERYWHERE = 1_000
