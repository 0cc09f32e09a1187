import type { Message } from '../../server/contract/message.ts'

// What the platforms' adapters write where nothing was written: the interface says it in its own language.
const STAND_INS = new Set([
  'Photo',
  'Video',
  'Voice message',
  'File',
  'Poll',
  'Story',
  'Shared post',
  'Shared reel',
  'Mentioned you in their story',
  'A photo or video that disappears',
  'Unsupported message',
])

/** The words that came with a message; empty where they only stand for what is shown beside them. */
export const saidIn = ({ content, kind, extras }: Pick<Message, 'content' | 'kind' | 'extras'>): string => {
  if (extras?.place || extras?.contact) return ''
  const isNamed = kind !== 'text' || extras?.placeholder !== undefined
  if (isNamed && (STAND_INS.has(content) || content === extras?.share?.title)) return ''
  return content
}

/** Words of a platform for kinds of messages that have a name here. */
const NAMED_KINDS = [
  'poll',
  'story',
  'ephemeral',
  'checklist',
  'invoice',
  'game',
  'giveaway',
  'gift',
] as const
type NamedKind = (typeof NAMED_KINDS)[number]

/** The name of a kind that cannot be shown; `other` where only the platform has a word for it, `none` where nobody has. */
export const namedKind = (placeholder: string): NamedKind | 'other' | 'none' => {
  if (placeholder === 'unsupported' || placeholder === 'empty') return 'none'
  return NAMED_KINDS.find((kind) => kind === placeholder) ?? 'other'
}
