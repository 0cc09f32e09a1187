import {
  CircleDashed,
  Clapperboard,
  ExternalLink,
  type LucideIcon,
  Reply,
  Share2,
  TimerOff,
  Vote,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { MessageExtras } from '../../server/contract/message.ts'
import { displayLine } from '../ui/display-text.ts'
import { Name } from '../ui/name.tsx'
import { namedKind } from './said.ts'

const Head = ({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) => (
  <span className="flex items-start gap-1.5 text-sm font-medium text-dim">
    <Icon aria-hidden size={15} strokeWidth={1.75} className="mt-1 shrink-0" />
    <span className="min-w-0">{children}</span>
  </span>
)

/** Where a message comes from, or what it is where that cannot be shown: above its words. */
export const OriginLine = ({ extras }: { extras: MessageExtras }) => {
  const t = useTranslations('chat')
  const { story, share, placeholder } = extras
  return (
    <>
      {story && <Head icon={story === 'reply' ? Reply : CircleDashed}>{t(`story.${story}`)}</Head>}
      {share && <Share share={share} />}
      {placeholder !== undefined && (
        <Head icon={placeholder === 'poll' ? Vote : placeholder === 'ephemeral' ? TimerOff : CircleDashed}>
          <Placeholder word={placeholder} />
        </Head>
      )}
    </>
  )
}

const Share = ({ share }: { share: NonNullable<MessageExtras['share']> }) => {
  const t = useTranslations('chat.share')
  return (
    <div className="flex min-w-0 flex-col items-start gap-0.5">
      <Head icon={share.kind === 'reel' ? Clapperboard : Share2}>{t(share.kind)}</Head>
      {share.title !== '' && <Name className="wrap-anywhere">{share.title}</Name>}
      {share.url !== null && (
        <a
          href={share.url}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="touch inline-flex items-center gap-1.25 text-sm font-medium text-firuze-ink underline decoration-firuze/40 underline-offset-3 hover:decoration-current"
        >
          {t('open')}
          <ExternalLink aria-hidden size={14} className="mirror" />
        </a>
      )}
    </div>
  )
}

const Placeholder = ({ word }: { word: string }) => {
  const t = useTranslations('chat.placeholder')
  const kind = namedKind(word)
  if (kind !== 'other') return t(kind)
  return t.rich('other', { word: displayLine(word).replaceAll('_', ' '), k: (chunks) => <bdi>{chunks}</bdi> })
}
