'use client'

import { CloudAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.tsx'

const PLACES = ['a', 'b', 'c'] as const

/** Where a list will be. */
export const ListLoading = () => {
  const t = useTranslations('settings')
  return (
    <SkeletonGroup label={t('loading')} className="border-b">
      {PLACES.map((place) => (
        <div key={place} className="flex items-center gap-3.5 border-t py-3.5">
          <Skeleton className="size-10.5 rounded-full!" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-3.5 w-40" />
            <Skeleton className="h-3 w-28" />
          </div>
        </div>
      ))}
    </SkeletonGroup>
  )
}

interface Props {
  title: string
  /** What is safe all the same. */
  text: string
  onRetry: () => void
}

/** Where a list should be. */
export const ListFailed = ({ title, text, onRetry }: Props) => {
  const t = useTranslations('settings')
  return (
    <div role="alert" className="border-y">
      <EmptyState
        tone="anar"
        icon={<CloudAlert size={24} />}
        title={title}
        action={<Button onClick={onRetry}>{t('retry')}</Button>}
      >
        {text}
      </EmptyState>
    </div>
  )
}
