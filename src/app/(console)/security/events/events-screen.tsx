'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { formatsOf } from '../../../../components/chat/time.ts'
import { EventRow } from '../../../../components/security/event-row.tsx'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { Rows, Section } from '../../../../components/settings/section.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import { Segmented } from '../../../../components/ui/segmented.tsx'
import { SECURITY_DAYS } from '../../../../server/contract/security.ts'
import { Watched } from '../../../../server/contract/security-watch.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { useBlocking } from '../use-blocking.tsx'

type Kind = Watched | 'all'
const KINDS: readonly Kind[] = ['all', ...Watched.options]

/** Everything that was refused, held or blocked, one by one, with its reason. */
export const EventsScreen = () => {
  const t = useTranslations('security')
  const days = formatsOf(useLocale()).number(SECURITY_DAYS)
  const [kind, setKind] = useState<Kind>('all')
  const { data: me } = useQuery(useTRPC().people.me.queryOptions())
  return (
    <Section
      title={t('events.title')}
      text={
        <>
          {t('events.text', { days })} {me && !me.isInstanceAdmin && t('events.hiddenAddress')}
        </>
      }
    >
      <div className="mb-4 max-w-full overflow-x-auto">
        <Segmented
          label={t('events.filter')}
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({
            value,
            label: value === 'all' ? t('events.all') : t(`watched.${value}`),
          }))}
        />
      </div>
      <EventList kind={kind} days={days} />
    </Section>
  )
}

const EventList = ({ kind, days }: { kind: Kind; days: string }) => {
  const t = useTranslations('security.events')
  const blocking = useBlocking()
  const query = useTRPC().security.events.infiniteQueryOptions(kind === 'all' ? {} : { of: kind }, {
    getNextPageParam: ({ next }) => next ?? undefined,
    initialCursor: undefined,
    placeholderData: keepPreviousData,
  })
  const events = useInfiniteQuery(query)
  const rows = events.data?.pages.flatMap((page) => page.events)
  if (!rows) {
    if (!events.isError) return <ListLoading />
    return <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={events.refetch} />
  }
  if (rows.length === 0)
    return (
      <EmptyState icon={<ScrollText size={24} />} title={t('empty.title')} className="border-y">
        {t('empty.text', { days })}
      </EmptyState>
    )
  return (
    <>
      <DoneNote>{blocking.done}</DoneNote>
      <Rows label={t('list')}>
        {rows.map((event) => (
          <EventRow
            key={event.id}
            event={event}
            isBusy={blocking.letIn.isBusy}
            onLetIn={blocking.letIn.run}
          />
        ))}
      </Rows>
      {events.hasNextPage && (
        <div className="mt-4 grid justify-items-center">
          <Button busy={events.isFetchingNextPage} onClick={() => events.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}
