import { useQuery } from '@tanstack/react-query'
import { hasRight } from '../../../server/contract/rights.ts'
import { useTRPC } from '../../_client/trpc.ts'

/** Whether this person watches over security: by their role, or because they run the instance; null while nobody knows. */
export const useWatch = (): boolean | null => {
  const { data: me } = useQuery(useTRPC().people.me.queryOptions())
  return me ? hasRight(me.workspace.role, 'seeSecurity') || me.isInstanceAdmin : null
}
