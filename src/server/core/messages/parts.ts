import type { Attachment } from '../../contract/attachment.ts'
import type { Capabilities } from '../../contract/capabilities.ts'
import type { MessageKind } from '../../contract/message.ts'
import { lengthFor, splitText } from '../../contract/split.ts'
import type { MemberCtx } from '../context.ts'

const MAX_CLIENT_ID = 60

/** One message of what a person sends at once. */
export interface Part {
  content: string
  attachments: Attachment[]
}

/**
 * What is sent at once as the channel takes it: so many files a message, the text with the first of them, or before them
 * where it is longer than what may stand beside a file; and a text that is too long for one message in several.
 */
export function partsOf(
  { attachmentsPerMessage, caption, text, formats }: Capabilities,
  content: string,
  attachments: Attachment[],
): Part[] {
  const groups: Part[] = []
  for (let at = 0; at < attachments.length; at += attachmentsPerMessage)
    groups.push({ content: '', attachments: attachments.slice(at, at + attachmentsPerMessage) })
  const limit = { ...text, formats }
  const [first, ...others] = groups
  if (first && lengthFor(content, limit) <= caption) return [{ ...first, content }, ...others]
  return [...splitText(content, limit).map((part) => ({ content: part, attachments: [] })), ...groups]
}

/** Each further message of one sending has a name of its own, the same in every repetition. */
export function clientIdOf({ tokens }: MemberCtx, clientId: string | null, number: number): string | null {
  if (clientId === null) return null
  const short = clientId.length <= MAX_CLIENT_ID ? clientId : tokens.digest(clientId).slice(0, MAX_CLIENT_ID)
  return `${short}:${number}`
}

const KINDS = {
  voice: 'voice',
  audio: 'voice',
  video: 'video',
  sticker: 'sticker',
  file: 'file',
  image: 'image',
} as const

/** What a message is called by its first file. */
export function kindOfMessage([first]: Attachment[]): MessageKind {
  if (!first) return 'text'
  if (first.kind === 'animation') return first.mime.startsWith('image/') ? 'image' : 'video'
  return KINDS[first.kind]
}
