import { useTranslations } from 'next-intl'
import type { RetentionPreview as Preview } from '../../server/contract/retention.ts'
import type { Formats } from '../chat/time.ts'
import { Button } from '../ui/button.tsx'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.tsx'

interface Props {
  /** Null while it is counted. */
  preview: Preview | null
  hasFailed: boolean
  formats: Formats
  onRetry: () => void
}

/** What would go at once, drawn beside what would stay. */
export const RetentionPreview = ({ preview, hasFailed, formats, onRetry }: Props) => {
  const t = useTranslations('settings.data.preview')
  if (!preview) {
    if (hasFailed)
      return (
        <div role="alert" className="flex items-center gap-3 text-sm">
          <p>{t('failed')}</p>
          <Button size="sm" onClick={onRetry}>
            {t('retry')}
          </Button>
        </div>
      )
    return (
      <SkeletonGroup label={t('loading')} className="grid gap-3">
        <Skeleton className="h-3 w-full" />
        <Skeleton className="h-14 w-full" />
      </SkeletonGroup>
    )
  }
  if (preview.conversations === 0) return <p className="text-dim">{t('nothing')}</p>
  return (
    <section
      aria-label={t('title')}
      className="grid gap-4 rounded-card border border-anar-line bg-anar-tint p-4"
    >
      <h3 className="font-strong">{t('title')}</h3>
      <Share gone={preview.conversations} all={preview.ofConversations} formats={formats} />
      <dl className="grid gap-x-6 gap-y-3 pane:grid-cols-3">
        <Figure label={t('conversations')} value={formats.number(preview.conversations)} />
        <Figure label={t('messages')} value={formats.number(preview.messages)} />
        <Figure label={t('customers')} value={formats.number(preview.customers)} />
      </dl>
      {preview.oldest && preview.newest && (
        <p className="text-sm">
          {formats.date(preview.oldest) === formats.date(preview.newest)
            ? t('date', { date: formats.date(preview.oldest) })
            : t('dates', { oldest: formats.date(preview.oldest), newest: formats.date(preview.newest) })}
        </p>
      )}
    </section>
  )
}

const Figure = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt className="text-sm text-dim">{label}</dt>
    <dd className="text-xl font-strong tabular-nums">{value}</dd>
  </div>
)

const Share = ({ gone, all, formats }: { gone: number; all: number; formats: Formats }) => {
  const t = useTranslations('settings.data.preview')
  return (
    <div className="grid gap-1.5">
      <div aria-hidden className="flex h-3 gap-0.5 overflow-hidden rounded-full">
        <span className="bg-anar" style={{ inlineSize: `${(100 * gone) / all}%`, minInlineSize: 4 }} />
        <span className="flex-1 bg-line" />
      </div>
      <p className="text-sm text-dim">
        {t('share', { gone: formats.number(gone), all: formats.number(all) })}
      </p>
    </div>
  )
}
