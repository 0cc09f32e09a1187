import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../_client/trpc.ts'

/** Whether this person may change the workspace. It decides what is shown; the server decides what is done. */
export const useCanManage = (): boolean => {
  const { data: me } = useQuery(useTRPC().people.me.queryOptions())
  return me !== undefined && me.workspace.role !== 'agent'
}
