'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { EndOthersDialog } from '../../../../components/settings/end-others-dialog.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { RefusalNote } from '../../../../components/settings/refusal.tsx'
import { Rows, Section } from '../../../../components/settings/section.tsx'
import { SessionRow } from '../../../../components/settings/session-row.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { useTRPC } from '../../../_client/trpc.ts'
import { useSessionActs } from './use-session-acts.tsx'

const REFRESH_MS = 60_000

/** Where the person is signed in. */
export const SessionsSection = () => {
  const t = useTranslations('account.sessions')
  const query = useTRPC().account.sessions.queryOptions(undefined, { refetchInterval: REFRESH_MS })
  const { data: sessions, isError, refetch } = useQuery(query)
  const acts = useSessionActs()
  const hasOthers = sessions?.some(({ isThis }) => !isThis) ?? false
  return (
    <Section
      title={t('title')}
      text={t('text')}
      action={hasOthers && <Button onClick={acts.others.open}>{t('endOthers')}</Button>}
    >
      <DoneNote>{acts.done}</DoneNote>
      {acts.refusal && (
        <div className="mb-4">
          <RefusalNote refusal={acts.refusal} />
        </div>
      )}
      {sessions ? (
        <Rows label={t('list')}>
          {sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              isBusy={acts.ending === session.id}
              onEnd={() => acts.end(session)}
            />
          ))}
        </Rows>
      ) : isError ? (
        <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
      ) : (
        <ListLoading />
      )}
      {acts.others.isOpen && (
        <EndOthersDialog
          onClose={acts.others.close}
          onConfirm={acts.others.run}
          isBusy={acts.others.isBusy}
          refusal={acts.others.refusal}
        />
      )}
    </Section>
  )
}
