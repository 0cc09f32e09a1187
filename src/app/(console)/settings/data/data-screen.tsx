'use client'

import { useQuery } from '@tanstack/react-query'
import { CalendarClock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { Section } from '../../../../components/settings/section.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import { hasRight } from '../../../../server/contract/rights.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { Retention } from './retention.tsx'

/** How long the workspace keeps what is over. */
export const DataScreen = () => {
  const t = useTranslations('settings.data')
  const { data: me, isError, refetch } = useQuery(useTRPC().people.me.queryOptions())
  return (
    <Section title={t('title')} text={t('text')}>
      {!me && !isError && <ListLoading />}
      {!me && isError && <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />}
      {me && hasRight(me.workspace.role, 'setRetention') && <Retention />}
      {me && !hasRight(me.workspace.role, 'setRetention') && (
        <EmptyState icon={<CalendarClock size={24} />} title={t('owners.title')} className="border-y">
          {t('owners.text')}
        </EmptyState>
      )}
    </Section>
  )
}
