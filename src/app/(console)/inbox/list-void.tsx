'use client'

import dynamic from 'next/dynamic'
import type { InboxView } from '../../../components/inbox/list-header.tsx'
import { ListEmpty, ListFailed, ListSkeleton } from '../../../components/inbox/list-states.tsx'
import type { ListState } from '../../_client/use-list.ts'
import { useFirstRun } from './use-first-run.ts'

const FirstRun = dynamic(() =>
  import('../../../components/inbox/first-run.tsx').then((module) => module.FirstRun),
)

interface Props {
  list: ListState
  view: InboxView
  search: string
  hasSimulator: boolean
  onClearSearch: () => void
  onShowOpen: () => void
}

/** The list while it has no rows: it is being read, could not be read, or there are none. */
export const ListVoid = ({ list, hasSimulator, ...empty }: Props) => {
  const isFirstRun = useFirstRun()
  if (!list.rows && !hasFailed(list)) return <ListSkeleton />
  if (!list.rows) return <ListFailed onRetry={list.reload} isBusy={list.phase?.state === 'loading'} />
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {isFirstRun ? <FirstRun hasSimulator={hasSimulator} /> : <ListEmpty {...empty} />}
    </div>
  )
}

const hasFailed = ({ phase }: ListState) =>
  phase?.state === 'failed' || (phase?.state === 'loading' && phase.again)
