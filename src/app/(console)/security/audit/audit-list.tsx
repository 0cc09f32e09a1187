'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { formatsOf } from '../../../../components/chat/time.ts'
import { AuditRow } from '../../../../components/security/audit-row.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { Rows } from '../../../../components/settings/section.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import type { Member } from '../../../../server/contract/account.ts'
import { useConsole } from '../../../_client/console-provider.tsx'
import type { AuditFilter } from './use-audit-filter.ts'

const FIRST = null as string | null

interface Props {
  filter: AuditFilter
  isFiltered: boolean
  people: readonly Pick<Member, 'userId' | 'name'>[]
}

/** The log page by page, newest first. */
export const AuditList = ({ filter, isFiltered, people }: Props) => {
  const t = useTranslations('audit')
  const { client } = useConsole()
  const formats = formatsOf(useLocale())
  const log = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      client.audit.list.query({ ...filter, ...(pageParam !== null && { before: pageParam }) }),
    initialPageParam: FIRST,
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  })
  if (!log.data && log.isError)
    return <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={() => void log.refetch()} />
  if (!log.data) return <ListLoading />
  const names = new Map(people.map(({ userId, name }) => [String(userId), name]))
  const entries = log.data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) {
    return (
      <EmptyState
        icon={<ScrollText size={24} />}
        title={t(isFiltered ? 'nothing.title' : 'empty.title')}
        className="border-y"
      >
        {t(isFiltered ? 'nothing.text' : 'empty.text')}
      </EmptyState>
    )
  }
  return (
    <>
      <Rows label={t('title')}>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} names={names} formats={formats} />
        ))}
      </Rows>
      {log.hasNextPage && (
        <div className="mt-4 grid justify-items-center">
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}
