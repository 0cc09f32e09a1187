import { Ban, Bot, File, Image, MapPin, Mic, Share2, Smile, Video } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Attachment } from '../../server/contract/attachment.ts'
import type { MessageKind } from '../../server/contract/message.ts'
import { displayLine } from '../ui/display-text.ts'
import { ContactCard, PlaceCard } from './cards.tsx'
import { OriginLine } from './origin-line.tsx'
import { QuoteBlock } from './quote-block.tsx'
import { RichText } from './rich-text.tsx'
import type { BubbleItem } from './thread-items.ts'

/** Who of us wrote, where that was not the person who looks. */
export const BubbleAuthor = ({ bubble }: { bubble: BubbleItem }) => {
  const t = useTranslations('chat')
  if (bubble.by === 'customer' || bubble.by === 'self') return null
  return (
    <span className="mb-0.5 flex items-center gap-1.25 px-1 text-xs font-medium text-dim">
      {bubble.by === 'bot' && <BotMark />}
      <bdi>{bubble.by === 'bot' ? t('bot') : displayLine(bubble.authorName ?? t('team'))}</bdi>
    </span>
  )
}

/** The bot's face: a machine is never taken for a person. */
const BotMark = () => (
  <span className="grid size-5 place-items-center rounded-full bg-firuze-tint text-firuze-ink">
    <Bot aria-hidden size={13} />
  </span>
)

const KIND_ICONS: Record<Exclude<MessageKind, 'text'>, typeof Image> = {
  image: Image,
  voice: Mic,
  video: Video,
  file: File,
  sticker: Smile,
  location: MapPin,
  share: Share2,
}

interface ContentProps {
  bubble: BubbleItem
  renderFiles: (attachments: readonly Attachment[]) => ReactNode
  onJump?: ((messageId: string) => void) | undefined
}

/** All that a message says: what it answers, where it comes from, what it shows, its words. */
export const BubbleContent = ({ bubble, renderFiles, onJump }: ContentProps) => {
  const { extras, quote, attachments } = bubble
  if (bubble.isDeleted) return <Tombstone bubble={bubble} />
  return (
    <>
      {quote && <QuoteBlock quote={quote} onJump={onJump} />}
      {extras && <OriginLine extras={extras} />}
      {extras?.place && <PlaceCard place={extras.place} />}
      {extras?.contact && <ContactCard contact={extras.contact} />}
      {attachments.length > 0 && <div className={filesLook(bubble)}>{renderFiles(attachments)}</div>}
      <Said bubble={bubble} />
    </>
  )
}

const FILM = ['image', 'video', 'animation']

/** Pictures reach to the edge of the bubble; several of one album stand side by side, all cut to one shape. */
const filesLook = ({ attachments, quote, extras }: BubbleItem): string => {
  const arePictures = attachments.every(({ kind, state }) => state === 'ready' && FILM.includes(kind))
  if (!arePictures) return 'flex flex-col gap-1.5 py-1'
  const isFirst = !quote && !extras?.story && !extras?.share
  const edges = isFirst ? '-mx-2.5 -mt-1 mb-0.5' : 'my-1'
  return attachments.length > 1 ? `${edges} ${ALBUM}` : `${edges} flex flex-col`
}

const ALBUM =
  'grid grid-cols-2 gap-1 *:aspect-square *:w-full *:object-cover [&_img]:size-full [&>:first-child:nth-last-child(odd)]:col-span-2 [&>:first-child:nth-last-child(odd)]:aspect-[2]'

/** The place of a message that is no longer there. */
const Tombstone = ({ bubble }: { bubble: BubbleItem }) => {
  const t = useTranslations('chat')
  const words = bubble.by === 'customer' ? t('removed.customer') : t('removed.ours')
  return (
    <p className="flex items-center gap-1.5 text-dim italic">
      {!bubble.isErased && <Ban aria-hidden size={14} className="shrink-0" />}
      {bubble.isErased ? t('erased') : words}
    </p>
  )
}

/** The words; of kinds that cannot be shown, their name and what came along. */
const Said = ({ bubble }: { bubble: BubbleItem }) => {
  const t = useTranslations('chat')
  const { content, contentKind, attachments, extras, hasFormats } = bubble
  const words = content !== '' && <RichText hasFormats={hasFormats}>{content}</RichText>
  const isNamed = extras?.place ?? extras?.contact ?? extras?.share ?? extras?.story ?? extras?.placeholder
  if (contentKind === 'text' || attachments.length > 0 || isNamed !== undefined) return words
  const Icon = KIND_ICONS[contentKind]
  return (
    <div className="flex items-start gap-2">
      <Icon aria-hidden size={18} strokeWidth={1.75} className="mt-0.75 shrink-0 text-dim" />
      <div className="min-w-0">
        <span className="text-sm font-medium text-dim">{t(`kind.${contentKind}`)}</span>
        {words}
      </div>
    </div>
  )
}
