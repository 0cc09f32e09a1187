'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Cable, ShieldAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { ConnectionRow } from '../../../../components/security/connection-row.tsx'
import { EndConnectionDialog } from '../../../../components/security/end-connection-dialog.tsx'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { Rows, Section } from '../../../../components/settings/section.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import { Name } from '../../../../components/ui/name.tsx'
import type { LiveConnection } from '../../../../server/contract/connection.ts'
import { hasRight } from '../../../../server/contract/rights.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../../settings/refusal-of.ts'
import { useConnections } from './use-connections.ts'

/** Who is connected now, and the way to end that. */
export const ConnectionsScreen = () => {
  const t = useTranslations('connections')
  const { data: me, isError } = useQuery(useTRPC().people.me.queryOptions())
  // While nobody knows the role the list says how it goes.
  if (me && !me.isInstanceAdmin && !hasRight(me.workspace.role, 'seeSecurity')) {
    return (
      <Section title={t('title')}>
        <EmptyState icon={<ShieldAlert size={24} />} title={t('agents.title')} className="border-y">
          {t('agents.text')}
        </EmptyState>
      </Section>
    )
  }
  return me || isError ? <Connections /> : <ListLoading />
}

const Connections = () => {
  const t = useTranslations('connections')
  const { rows, total, isError, refetch, hold } = useConnections()
  const [ending, setEnding] = useState<LiveConnection | null>(null)
  const [done, setDone] = useState<ReactNode>(null)
  return (
    <Section title={t('title')} text={t('text')}>
      <DoneNote>{done}</DoneNote>
      {total === null && !isError && <ListLoading />}
      {total === null && isError && (
        <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
      )}
      {total === 0 && rows.length === 0 && (
        <EmptyState icon={<Cable size={24} />} title={t('empty.title')} className="border-y">
          {t('empty.text')}
        </EmptyState>
      )}
      {total !== null && rows.length > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the rows in their places.
        <div
          onPointerEnter={() => hold(true)}
          onPointerLeave={() => hold(false)}
          onFocus={() => hold(true)}
          onBlur={() => hold(false)}
        >
          <Rows label={t('title')}>
            {rows.map((row) => (
              <ConnectionRow key={row.id} connection={row} onEnd={() => setEnding(row)} />
            ))}
          </Rows>
          <p className="mt-3 text-sm text-dim">{t('count', { total })}</p>
        </div>
      )}
      {ending && <EndFlow connection={ending} onClose={() => setEnding(null)} onDone={setDone} />}
    </Section>
  )
}

interface EndFlowProps {
  connection: LiveConnection
  onClose: () => void
  onDone: (note: ReactNode) => void
}

const EndFlow = ({ connection, onClose, onDone }: EndFlowProps) => {
  const t = useTranslations('connections.endDialog')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.connections.list.queryKey() })
  const end = useMutation(trpc.connections.end.mutationOptions({ onSettled: refresh }))
  const run = (signOut: boolean) =>
    end.mutate(
      { connectionId: connection.id, signOut },
      {
        onSuccess: () => {
          onClose()
          const name = () => <Name>{connection.user.name}</Name>
          onDone(t.rich(signOut ? 'signedOut' : 'done', { name }))
        },
      },
    )
  const refusal = refusalOf(end.error)
  return (
    <EndConnectionDialog
      connection={connection}
      onClose={onClose}
      onConfirm={run}
      isBusy={end.isPending}
      refusal={refusal && { code: refusal.code }}
    />
  )
}
