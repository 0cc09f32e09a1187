'use client'

import { useMutation } from '@tanstack/react-query'
import { InviteDialog } from '../../../../components/settings/invite-dialog.tsx'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** From an address to a link that lets its owner in. */
export const InviteFlow = ({ onClose }: { onClose: () => void }) => {
  const invite = useMutation(useTRPC().people.invite.mutationOptions())
  const made =
    invite.data && invite.variables ? { email: invite.variables.email, url: invite.data.url } : null
  const refusal = refusalOf(invite.error)
  return (
    <InviteDialog
      onClose={onClose}
      onInvite={(input) => invite.mutate(input)}
      isBusy={invite.isPending}
      refusal={refusal && { code: refusal.code }}
      made={made}
      onAnother={() => invite.reset()}
    />
  )
}
