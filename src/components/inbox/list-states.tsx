import { CloudOff, Inbox, SearchX, Sparkles } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.tsx'
import type { InboxView } from './list-header.tsx'

const ROWS = [62, 44, 70, 38, 54, 66, 48, 58]

/** The list before it was read for the first time. */
export const ListSkeleton = () => {
  const t = useTranslations('inbox.list')
  return (
    <SkeletonGroup label={t('loading')} className="grid gap-px px-2 pt-1.5">
      {ROWS.map((width) => (
        <span key={width} className="flex h-16 items-center gap-3 px-2.5">
          <Skeleton className="size-10.5 shrink-0 rounded-full!" />
          <span className="grid flex-1 gap-2.5">
            <span style={{ width: `${width}%` }}>
              <Skeleton className="h-3" />
            </span>
            <span style={{ width: `${100 - width / 3}%` }}>
              <Skeleton className="h-2.5" />
            </span>
          </span>
        </span>
      ))}
    </SkeletonGroup>
  )
}

interface EmptyProps {
  view: InboxView
  search: string
  onClearSearch: () => void
  onShowOpen: () => void
}

/** A view with nothing in it: why, and the one way on. */
export const ListEmpty = ({ view, search, onClearSearch, onShowOpen }: EmptyProps) => {
  const t = useTranslations('inbox.empty')
  if (search !== '') {
    const action = <Button onClick={onClearSearch}>{t('search.action')}</Button>
    return (
      <EmptyState icon={<SearchX size={24} strokeWidth={1.5} />} title={t('search.title')} action={action}>
        {t('search.why', { words: search })}
      </EmptyState>
    )
  }
  const Icon = view === 'unread' ? Sparkles : Inbox
  const action = view === 'open' ? undefined : <Button onClick={onShowOpen}>{t('showOpen')}</Button>
  return (
    <EmptyState icon={<Icon size={24} strokeWidth={1.5} />} title={t(`${view}.title`)} action={action}>
      {t(`${view}.why`)}
    </EmptyState>
  )
}

/** The list could not be read: what is safe, and once more. */
export const ListFailed = ({ onRetry, isBusy }: { onRetry: () => void; isBusy: boolean }) => {
  const t = useTranslations('inbox.failed')
  const action = (
    <Button busy={isBusy} onClick={onRetry}>
      {t('action')}
    </Button>
  )
  return (
    <EmptyState
      tone="anar"
      icon={<CloudOff size={24} strokeWidth={1.5} />}
      title={t('title')}
      action={action}
    >
      {t('why')}
    </EmptyState>
  )
}
