import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { BubbleActions } from '../../../components/chat/message-bubble.tsx'
import { useConsole } from '../../_client/console-provider.tsx'
import { complain } from '../complain.ts'

/** Tries once more: the delivery of what is stored, else the sending of what is not. */
export const useRetry = (): BubbleActions['onRetry'] => {
  const session = useConsole()
  const t = useTranslations('chat')
  return useCallback(
    ({ messageId, clientId }) => {
      if (messageId) void session.retryDelivery(messageId).catch(() => complain(t('trouble.retryFailed')))
      else if (clientId) session.outbox.retry(clientId)
    },
    [session, t],
  )
}
