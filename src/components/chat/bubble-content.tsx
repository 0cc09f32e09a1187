import { Bot, File, Image, MapPin, Mic, Share2, Smile, Video } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Attachment } from '../../server/contract/attachment.ts'
import type { MessageKind } from '../../server/contract/message.ts'
import { displayLine } from '../ui/display-text.ts'
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
}

/** What a message says, under its files; of kinds that cannot be shown yet, their name and what came along. */
export const BubbleContent = ({ bubble, renderFiles }: ContentProps) => {
  const t = useTranslations('chat')
  if (bubble.isDeleted) return <p className="text-dim italic">{t(bubble.isErased ? 'erased' : 'deleted')}</p>
  if (bubble.attachments.length > 0) {
    return (
      <div className="flex flex-col gap-1.5 py-1">
        {renderFiles(bubble.attachments)}
        {bubble.content !== '' && <RichText>{bubble.content}</RichText>}
      </div>
    )
  }
  if (bubble.contentKind === 'text') return <RichText>{bubble.content}</RichText>
  const Icon = KIND_ICONS[bubble.contentKind]
  return (
    <div className="flex items-start gap-2">
      <Icon aria-hidden size={18} strokeWidth={1.75} className="mt-0.75 shrink-0 text-dim" />
      <div className="min-w-0">
        <span className="text-sm font-medium text-dim">{t(`kind.${bubble.contentKind}`)}</span>
        {bubble.content !== '' && <RichText>{bubble.content}</RichText>}
      </div>
    </div>
  )
}
