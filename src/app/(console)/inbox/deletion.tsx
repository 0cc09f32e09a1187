'use client'

import { useMutation } from '@tanstack/react-query'
import { DeleteDialog } from '../../../components/chat/delete-dialog.tsx'
import { answerOf, useTRPC } from '../../_client/trpc.ts'

interface Props {
  conversationId: string
  name: string
  onClose: () => void
}

/** From the question to the end of a conversation; what is shown of it goes with the live event. */
export const Deletion = ({ conversationId, name, onClose }: Props) => {
  const deletion = useMutation(useTRPC().conversations.delete.mutationOptions())
  const isGone = answerOf(deletion.error) === 'not_found'
  const kind = answerOf(deletion.error) === 'forbidden' ? 'forbidden' : 'failed'
  return (
    <DeleteDialog
      name={name}
      isBusy={deletion.isPending}
      failure={deletion.isError && !isGone ? kind : null}
      onClose={onClose}
      onConfirm={() =>
        deletion.mutate(
          { conversationId },
          { onSuccess: onClose, onError: (error) => answerOf(error) === 'not_found' && onClose() },
        )
      }
    />
  )
}
