import { useQuery } from '@tanstack/react-query'
import { hasRight, type Right } from '../../server/contract/rights.ts'
import { useTRPC } from '../_client/trpc.ts'

/** Whether this person has a right in their workspace. It decides what is shown; the server decides what is done. */
export const useRight = (right: Right): boolean => {
  const { data: me } = useQuery(useTRPC().people.me.queryOptions())
  return hasRight(me?.workspace.role, right)
}
