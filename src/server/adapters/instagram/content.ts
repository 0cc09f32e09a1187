import type { AttachmentKind } from '../../contract/attachment.ts'
import { MAX_ATTACHMENTS } from '../../contract/attachment.ts'
import type { MessageExtras, MessageKind } from '../../contract/message.ts'
import type { InboundMedia, InboundText } from '../../core/ports/platform.ts'
import { type Fields, fields, textOf } from '../foreign.ts'
import { idOf, list, word } from './read.ts'

type Content = Pick<InboundText, 'content' | 'kind' | 'media' | 'extras' | 'replyTo'>

interface Look {
  kind: MessageKind
  word: string
  /** Null where there is no file to copy. */
  media: AttachmentKind | null
  extras?: MessageExtras
}

const share = (kind: 'post' | 'reel' | 'share'): MessageExtras['share'] => ({ kind, title: '', url: null })

/** Instagram's types of attachments, and the word shown where nothing was written. */
const LOOKS: Readonly<Record<string, Look>> = {
  image: { kind: 'image', word: 'Photo', media: 'image' },
  video: { kind: 'video', word: 'Video', media: 'video' },
  audio: { kind: 'voice', word: 'Voice message', media: 'voice' },
  file: { kind: 'file', word: 'File', media: 'file' },
  like_heart: { kind: 'sticker', word: '❤️', media: null },
  share: { kind: 'share', word: 'Shared post', media: 'image', extras: { share: share('share') } },
  ig_post: { kind: 'share', word: 'Shared post', media: 'image', extras: { share: share('post') } },
  ig_reel: { kind: 'share', word: 'Shared reel', media: 'video', extras: { share: share('reel') } },
  reel: { kind: 'share', word: 'Shared reel', media: 'video', extras: { share: share('reel') } },
  story_mention: {
    kind: 'share',
    word: 'Mentioned you in their story',
    media: 'image',
    extras: { story: 'mention' },
  },
  ephemeral: {
    kind: 'text',
    word: 'A photo or video that disappears',
    media: null,
    extras: { placeholder: 'ephemeral' },
  },
}

const UNSUPPORTED = 'Unsupported message'

/** What a message says. Never empty: what is not understood is a placeholder that people see. */
export function contentOf(message: Fields): Content {
  const attachments = list(message.attachments)
    .slice(0, MAX_ATTACHMENTS)
    .map((one) => fields(one) ?? {})
  const looks = attachments.map(lookOf)
  const [first] = looks
  const text = textOf(message.text)
  const media = [
    ...storyOf(message),
    ...attachments.flatMap((attachment, index) => mediaOf(attachment, looks[index])),
  ].slice(0, MAX_ATTACHMENTS)
  const extras = extrasOf(message, { attachments, looks, text })
  const reply = replyOf(message)
  return {
    content: text ?? titleOf(attachments[0]) ?? first?.word ?? UNSUPPORTED,
    kind: first?.kind ?? 'text',
    ...(media.length > 0 && { media }),
    ...(Object.keys(extras).length > 0 && { extras }),
    ...(reply && { replyTo: reply }),
  }
}

function lookOf(attachment: Fields): Look {
  const type = String(attachment.type)
  const known = Object.hasOwn(LOOKS, type) ? LOOKS[type] : undefined
  return known ?? { kind: 'text', word: UNSUPPORTED, media: null, extras: { placeholder: word(type) } }
}

const titleOf = (attachment: Fields | undefined): string | null => textOf(fields(attachment?.payload)?.title)

function extrasOf(
  message: Fields,
  { attachments, looks, text }: { attachments: Fields[]; looks: Look[]; text: string | null },
): MessageExtras {
  const extras: MessageExtras = { ...looks[0]?.extras }
  if (extras.share) {
    const link = String(fields(attachments[0]?.payload)?.url ?? '')
    extras.share = { ...extras.share, title: titleOf(attachments[0]) ?? '', url: ownPage(link) }
  }
  if (fields(fields(message.reply_to)?.story)) extras.story = 'reply'
  if (message.is_unsupported === true || (text === null && looks.length === 0))
    extras.placeholder = 'unsupported'
  return extras
}

/** Only a page of Instagram's: links to its files expire, and may be anybody's who learns of them. */
function ownPage(link: string): string | null {
  const url = URL.canParse(link) ? new URL(link) : null
  return url?.protocol === 'https:' && /^(www\.)?instagram\.com$/.test(url.hostname) ? url.href : null
}

/** Longest link to a file that is kept. */
const MAX_LINK = 4_096

const mediaOf = (attachment: Fields, look: Look | undefined): InboundMedia[] =>
  look?.media ? linked(look.media, fields(attachment.payload)?.url) : []

/** The story that is answered, which is gone after a day. */
const storyOf = (message: Fields): InboundMedia[] =>
  linked('image', fields(fields(message.reply_to)?.story)?.url)

function linked(kind: AttachmentKind, url: unknown): InboundMedia[] {
  if (typeof url !== 'string' || url === '' || url.length > MAX_LINK || ownPage(url) !== null) return []
  const unknown = { name: null, mime: null, size: null, width: null, height: null, durationMs: null }
  return [{ kind, ref: { url }, ...unknown }]
}

function replyOf(message: Fields): InboundText['replyTo'] {
  const reply = fields(message.reply_to)
  const providerId = idOf(reply?.mid)
  if (providerId === null) return undefined
  return { providerId, quoted: null, isOwn: reply?.is_self_reply !== true }
}
