import type { Attachment } from '../../contract/attachment.ts'
import type { Capabilities } from '../../contract/capabilities.ts'
import { codePoints } from '../../contract/characters.ts'
import type { MessageKind } from '../../contract/message.ts'

/** One message of what a person sends at once. */
export interface Part {
  content: string
  attachments: Attachment[]
}

/**
 * What is sent at once as the channel takes it: so many files a message, the text with the first of them, or before them
 * where it is longer than what may stand beside a file.
 */
export function partsOf(
  { attachmentsPerMessage, caption, text }: Capabilities,
  content: string,
  attachments: Attachment[],
): Part[] {
  const groups: Part[] = []
  for (let at = 0; at < attachments.length; at += attachmentsPerMessage)
    groups.push({ content: '', attachments: attachments.slice(at, at + attachmentsPerMessage) })
  const [first, ...others] = groups
  if (!first || (content !== '' && lengthOf(content, text.unit) > caption))
    return [{ content, attachments: [] }, ...groups]
  return [{ ...first, content }, ...others]
}

function lengthOf(content: string, unit: Capabilities['text']['unit']): number {
  if (unit === 'utf16') return content.length
  return unit === 'bytes' ? new TextEncoder().encode(content).length : codePoints(content)
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
