'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { formatsOf } from '../../../../components/chat/time.ts'
import { Figures } from '../../../../components/security/figures.tsx'
import { SeriesTable } from '../../../../components/security/series-table.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { Section } from '../../../../components/settings/section.tsx'
import { Segmented } from '../../../../components/ui/segmented.tsx'
import { Skeleton } from '../../../../components/ui/skeleton.tsx'
import { SecurityPeriod } from '../../../../server/contract/security-watch.ts'
import { useTRPC } from '../../../_client/trpc.ts'

const REFRESH_MS = 4_000
const VIEWS = ['chart', 'table'] as const

// The drawing library is large, and no other page needs it.
const SeriesChart = dynamic(
  () => import('../../../../components/security/series-chart.tsx').then((module) => module.SeriesChart),
  { ssr: false, loading: () => <Skeleton className="h-72" /> },
)

/** What happens at the doors, drawn as it happens. */
export const OverviewScreen = () => {
  const t = useTranslations('security.overview')
  const locale = useLocale()
  const [period, setPeriod] = useState<SecurityPeriod>('hour')
  const [view, setView] = useState<(typeof VIEWS)[number]>('chart')
  const query = useTRPC().security.overview.queryOptions(
    { period },
    { refetchInterval: REFRESH_MS, placeholderData: keepPreviousData },
  )
  const { data, isError, dataUpdatedAt, refetch } = useQuery(query)
  if (!data) {
    if (!isError) return <ListLoading />
    return <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
  }
  const updatedAt = formatsOf(locale).clock(new Date(dataUpdatedAt).toISOString())
  return (
    <Section
      title={t('title')}
      text={isError ? t('stale', { time: updatedAt }) : t(data.scope)}
      action={
        <Segmented
          label={t('period')}
          value={period}
          onChange={setPeriod}
          options={SecurityPeriod.options.map((value) => ({ value, label: t(`periods.${value}`) }))}
        />
      }
    >
      <Figures figures={data.figures} />
      <div className="mt-7 mb-3 flex justify-end">
        <Segmented
          label={t('view')}
          value={view}
          onChange={setView}
          options={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
      </div>
      {view === 'chart' ? (
        <SeriesChart label={t('chart')} points={data.points} isLong={period === 'week'} />
      ) : (
        <SeriesTable points={data.points} isLong={period === 'week'} />
      )}
    </Section>
  )
}
