import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../_client/trpc.ts'
import { useCounts } from '../../_client/use-list.ts'

/** Whether nothing has ever been connected here: no conversation of any kind, and no channel. */
export const useFirstRun = (): boolean => {
  const counts = useCounts()
  const isEmpty = counts !== null && counts.open + counts.closed === 0
  const { data: channels } = useQuery({ ...useTRPC().channels.list.queryOptions(), enabled: isEmpty })
  return isEmpty && channels?.length === 0
}
