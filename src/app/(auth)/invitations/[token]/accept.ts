import { createTRPCClient, httpLink } from '@trpc/client'
import type { Refusal } from '../../../../components/settings/refusal.tsx'
import type { AppRouter } from '../../../../server/transports/trpc/router.ts'
import { answerOf } from '../../../_client/trpc.ts'

/** Joins the workspace of an invitation; null when it worked. One call needs none of the console's connection. */
export const acceptInvitation = async (token: string): Promise<Refusal | null> => {
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/trpc' })] })
  return client.people.acceptInvitation.mutate({ token }).then(
    () => null,
    (error) => ({ code: answerOf(error) }),
  )
}
