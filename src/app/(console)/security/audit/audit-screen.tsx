'use client'

import { useQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AuditFilterBar } from '../../../../components/security/audit-filter-bar.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { RefusalNote } from '../../../../components/settings/refusal.tsx'
import { Section } from '../../../../components/settings/section.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import type { Me } from '../../../../server/contract/account.ts'
import { hasRight } from '../../../../server/contract/rights.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { AuditList } from './audit-list.tsx'
import { useAuditFilter } from './use-audit-filter.ts'
import { useDownload } from './use-download.ts'

/** Who did what, for those who may know. */
export const AuditScreen = () => {
  const t = useTranslations('audit')
  const { data: me, isError, refetch } = useQuery(useTRPC().people.me.queryOptions())
  if (!me && !isError) return <ListLoading />
  if (!me) return <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
  if (hasRight(me.workspace.role, 'seeAudit') || me.isInstanceAdmin) return <Log me={me} />
  return (
    <Section title={t('title')}>
      <EmptyState icon={<ScrollText size={24} />} title={t('admins.title')} className="border-y">
        {t('admins.text')}
      </EmptyState>
    </Section>
  )
}

const Log = ({ me }: { me: Me }) => {
  const t = useTranslations('audit')
  const members = useQuery(useTRPC().people.members.queryOptions())
  const [openedAt] = useState(() => Date.now())
  const { choice, choose, filter, query } = useAuditFilter(me, openedAt)
  const file = useDownload(query)
  return (
    <Section title={t('title')} text={t('text')}>
      <AuditFilterBar
        choice={choice}
        people={members.data ?? []}
        hasInstance={me.isInstanceAdmin}
        isDownloading={file.isPending}
        onChoose={choose}
        onDownload={() => file.mutate()}
      />
      <RefusalNote refusal={file.data ?? null} />
      <AuditList key={query} filter={filter} isFiltered={choice.isFiltered} people={members.data ?? []} />
    </Section>
  )
}
