'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus, ShieldBan, ShieldQuestion } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { BlockDialog } from '../../../../components/security/block-dialog.tsx'
import { BlockedRow } from '../../../../components/security/blocked-row.tsx'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { Rows, Section } from '../../../../components/settings/section.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import { useTRPC } from '../../../_client/trpc.ts'
import { useBlocking } from '../use-blocking.tsx'

const REFRESH_MS = 10_000

/** Who is kept out, for whoever runs the instance; to others, why they do not see it. */
export const BlockedScreen = () => {
  const t = useTranslations('security.blocked')
  const refused = useTranslations('security.notInstance')
  const { data: me } = useQuery(useTRPC().people.me.queryOptions())
  const [isAdding, setIsAdding] = useState(false)
  const blocking = useBlocking()
  if (!me) return <ListLoading />
  if (!me.isInstanceAdmin)
    return (
      <EmptyState icon={<ShieldQuestion size={24} />} title={refused('title')} className="border-y">
        {refused('text')}
      </EmptyState>
    )
  const close = () => {
    setIsAdding(false)
    blocking.block.reset()
  }
  return (
    <Section
      title={t('title')}
      text={t('text')}
      action={
        <Button tone="primary" onClick={() => setIsAdding(true)}>
          <Plus size={17} aria-hidden />
          {t('add')}
        </Button>
      }
    >
      <DoneNote>{blocking.done}</DoneNote>
      <BlockedList blocking={blocking} />
      {isAdding && (
        <BlockDialog
          onClose={close}
          onBlock={(entry) => blocking.block.run(entry, close)}
          isBusy={blocking.block.isBusy}
          refusal={blocking.block.refusal}
        />
      )}
    </Section>
  )
}

const BlockedList = ({ blocking }: { blocking: ReturnType<typeof useBlocking> }) => {
  const t = useTranslations('security.blocked')
  const query = useTRPC().security.blocked.queryOptions(undefined, { refetchInterval: REFRESH_MS })
  const { data: blocked, isError, refetch } = useQuery(query)
  if (!blocked) {
    if (!isError) return <ListLoading />
    return <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
  }
  if (blocked.length === 0)
    return (
      <EmptyState icon={<ShieldBan size={24} />} title={t('empty.title')} className="border-y">
        {t('empty.text')}
      </EmptyState>
    )
  return (
    <Rows label={t('list')}>
      {blocked.map((entry) => (
        <BlockedRow
          key={entry.ip}
          entry={entry}
          isBusy={blocking.letIn.isBusy}
          onLetIn={() => blocking.letIn.run(entry.ip)}
        />
      ))}
    </Rows>
  )
}
