'use client'

import { CloudAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.tsx'

const PLACES = ['a', 'b', 'c'] as const

/** Where the held messages will be. */
export const SpamLoading = () => (
  <SkeletonGroup label={useTranslations('spam')('loading')} className="border-b">
    {PLACES.map((place) => (
      <div key={place} className="flex gap-3.5 border-t py-4">
        <Skeleton className="size-10.5 rounded-full!" />
        <div className="grid flex-1 gap-2">
          <Skeleton className="h-3.5 w-40" />
          <Skeleton className="h-3 w-full max-w-100" />
          <Skeleton className="h-3 w-28" />
        </div>
      </div>
    ))}
  </SkeletonGroup>
)

/** Where they should be. */
export const SpamFailed = ({ onRetry }: { onRetry: () => void }) => {
  const t = useTranslations('spam')
  return (
    <div role="alert" className="border-y">
      <EmptyState
        tone="anar"
        icon={<CloudAlert size={24} />}
        title={t('failed.title')}
        action={<Button onClick={onRetry}>{t('retry')}</Button>}
      >
        {t('failed.text')}
      </EmptyState>
    </div>
  )
}
