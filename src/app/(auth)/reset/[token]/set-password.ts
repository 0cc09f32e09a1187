import { createTRPCClient, httpLink } from '@trpc/client'
import type { Refusal } from '../../../../components/settings/refusal.tsx'
import type { AppRouter } from '../../../../server/transports/trpc/router.ts'
import { answerOf } from '../../../_client/trpc.ts'

/** Sets the password of whom the link is for; null when it worked. One call needs none of the console's connection. */
export const setPasswordByLink = (token: string, password: string): Promise<Refusal | null> => {
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/trpc' })] })
  return client.account.resetPassword.mutate({ token, password }).then(
    () => null,
    (error) => ({ code: answerOf(error) }),
  )
}
