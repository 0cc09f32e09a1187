import { useTranslations } from 'next-intl'
import type { PastText } from '../../server/contract/message.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { RichText } from './rich-text.tsx'
import type { Formats } from './time.ts'

interface Props {
  /** Oldest first; null while they are on their way. */
  texts: readonly PastText[] | null
  hasFailed: boolean
  hasFormats: boolean
  formats: Formats
}

/** What a message said before it was edited, the newest first. */
export const PastTexts = ({ texts, hasFailed, hasFormats, formats }: Props) => {
  const t = useTranslations('chat.past')
  if (hasFailed) return <p className="text-sm text-anar-ink">{t('failed')}</p>
  if (!texts) return <Skeleton className="h-10 w-full" />
  return (
    <div className="flex flex-col gap-3">
      <h3 className="text-sm font-strong">{t('title')}</h3>
      {texts.length === 0 && <p className="text-sm text-dim">{t('none')}</p>}
      <ol className="flex max-h-72 flex-col gap-2.5 overflow-y-auto">
        {texts.toReversed().map(({ content, editedAt }) => (
          <li key={editedAt} className="border-s-2 border-line ps-3">
            <RichText hasFormats={hasFormats}>{content}</RichText>
            <time dateTime={editedAt} className="text-xs text-dim">
              {t('until', { when: formats.full(editedAt) })}
            </time>
          </li>
        ))}
      </ol>
    </div>
  )
}
