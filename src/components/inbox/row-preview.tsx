import { CircleAlert, Clock, Eraser, File, Image, MapPin, Mic, Share2, Smile, Video } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { visibleText } from '../../server/contract/format.ts'
import type { Message } from '../../server/contract/message.ts'
import { namedKind, saidIn } from '../chat/said.ts'
import { displayLine, isolated } from '../ui/display-text.ts'
import { Spoken } from './spoken.tsx'

const KIND_ICONS = {
  image: Image,
  voice: Mic,
  video: Video,
  file: File,
  sticker: Smile,
  location: MapPin,
  share: Share2,
} as const

export interface PendingMessage {
  content: string
  state: string
}

interface Props {
  message: Message | null
  /** The customer was erased, and so whatever was said. */
  isErased: boolean
  draft: string | undefined
  /** Who types now, if anybody. */
  typing: string | undefined
  selfId: number
  /** The last message of ours that the server has not taken yet. */
  pending: PendingMessage | undefined
}

/** The second line of a row: that it was erased, else who types, else the draft, else the last message and its fate. */
export const RowPreview = ({ message, isErased, draft, typing, selfId, pending }: Props) => {
  const t = useTranslations('inbox.row')
  if (isErased) return <Line lead={<Eraser aria-hidden size={14} />}>{t('erased')}</Line>
  if (typing) return <Line className="text-firuze-ink">{t('typing')}</Line>
  if (draft) {
    return (
      <Line lead={<span className="font-medium text-anar-ink">{t('draft')}</span>}>{displayLine(draft)}</Line>
    )
  }
  if (pending)
    return (
      <Line lead={<PendingLead state={pending.state} />}>
        {displayLine(pending.content) || t('kind.file')}
      </Line>
    )
  if (!message) return <Line>{t('nothing')}</Line>
  const reaction = theirReaction(message)
  if (reaction)
    return (
      <Line>
        {t('reacted', { emoji: isolated(displayLine(reaction)), text: isolated(previewOf(message, t)) })}
      </Line>
    )
  return <Line lead={<Lead message={message} selfId={selfId} />}>{previewOf(message, t)}</Line>
}

/** To what we said last: for many customers it is the answer. */
const theirReaction = ({ type, deletedAt, extras }: Message): string | undefined =>
  type === 'customer' || deletedAt ? undefined : extras?.reactions?.find(({ by }) => by === 'customer')?.emoji

/** A message on one line: its words, or what it is; formatting has no place there. */
const previewOf = (message: Message, t: ReturnType<typeof useTranslations<'inbox.row'>>): string => {
  const { deletedAt, extras, type, kind, content } = message
  if (deletedAt) return t(type === 'customer' ? 'removedByCustomer' : 'deleted')
  const said = saidIn(message)
  const words = displayLine(type === 'customer' ? said : visibleText(said))
  if (words !== '' && !extras?.story) return words
  if (extras?.story)
    return words === ''
      ? t(`story.${extras.story}`)
      : t(`storyWith.${extras.story}`, { text: isolated(words) })
  if (extras?.place) return displayLine(extras.place.title) || t('kind.location')
  if (extras?.contact) return t('contact', { name: isolated(extras.contact.name || extras.contact.phone) })
  if (extras?.placeholder !== undefined)
    return t(namedKind(extras.placeholder) === 'poll' ? 'poll' : 'unknown')
  return displayLine(content) === '' || said === '' ? t(`kind.${kind}`) : words
}

const PendingLead = ({ state }: { state: string }) => {
  const t = useTranslations('inbox.row')
  return (
    <>
      {state === 'refused' ? (
        <Mark icon={<CircleAlert aria-hidden size={14} className="text-anar" />} word={t('failed')} />
      ) : (
        <Mark icon={<Clock aria-hidden size={14} />} word={t('unsent')} />
      )}
      <span>{t('from', { name: t('you') })}</span>
    </>
  )
}

const Lead = ({ message, selfId }: { message: Message; selfId: number }) => {
  const t = useTranslations('inbox.row')
  const Kind = message.kind === 'text' ? null : KIND_ICONS[message.kind]
  return (
    <>
      {message.delivery?.state === 'failed' && (
        <Mark icon={<CircleAlert aria-hidden size={14} className="text-anar" />} word={t('failed')} />
      )}
      {message.type !== 'customer' && (
        <span className="one-line">{t('from', { name: senderOf(message, selfId, t) })}</span>
      )}
      {Kind && <Kind aria-hidden size={14} />}
    </>
  )
}

const Mark = ({ icon, word }: { icon: ReactNode; word: string }) => (
  <>
    {icon}
    <span className="sr-only">{word}</span>
  </>
)

/** A name whose direction stops at its end, so that the colon after it stands where the interface goes on. */
const senderOf = (message: Message, selfId: number, t: (key: 'you' | 'bot' | 'team') => string) => {
  if (message.type === 'AI') return t('bot')
  if (!message.author) return t('team')
  return message.author.userId === selfId ? t('you') : isolated(displayLine(message.author.name))
}

const Line = ({ lead, children, className }: { lead?: ReactNode; children: string; className?: string }) => (
  <span className={`flex min-w-0 flex-1 items-center gap-1 ${className ?? ''}`}>
    {lead && <span className="flex max-w-2/5 shrink-0 items-center gap-1 empty:hidden">{lead}</span>}
    <Spoken className="min-w-0 flex-1">{children}</Spoken>
  </span>
)
