import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocale } from 'next-intl'
import { DeliveryHistory } from '../../../components/chat/delivery-history.tsx'
import { PastTexts } from '../../../components/chat/past-texts.tsx'
import { formatsOf } from '../../../components/chat/time.ts'
import { CopyAction, Retry } from '../../../components/chat/trouble-actions.tsx'
import { CAPABILITIES } from '../../../server/contract/capabilities.ts'
import type { Message } from '../../../server/contract/message.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useStore } from '../../_client/store.ts'
import { useRetry } from './use-retry.ts'

export interface HistoryProps {
  messageId: string
  conversationId: string
  source: string
}

/** How a message of ours went to its platform, attempt by attempt, and what can be done. */
export const History = ({ messageId, conversationId, source }: HistoryProps) => {
  const { cache, client } = useConsole()
  const find = (messages: readonly Message[] | undefined) => messages?.find(({ id }) => id === messageId)
  const message = useStore(cache, ({ threads }) => find(threads.get(conversationId)?.messages))
  const { state, attempts, next } = message?.delivery ?? {}
  const unreached = message?.extras?.unreached
  const { data, isError } = useQuery({
    // The state is part of the key, so that an open history follows what happens.
    queryKey: ['deliveries', messageId, state, attempts, next, unreached],
    queryFn: () => client.messages.deliveries.query({ messageId }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const onRetry = useRetry()
  const canRetry = state === 'failed' || state === 'unconfirmed' || unreached !== undefined
  const again = { messageId, clientId: message?.clientId ?? null }
  return (
    <DeliveryHistory
      actions={
        canRetry && (
          <div className="flex flex-wrap gap-1">
            <Retry onRetry={() => onRetry(again)} />
            {message?.content && <CopyAction content={message.content} />}
          </div>
        )
      }
      history={data ?? null}
      hasFailed={isError}
      storedAt={message?.createdAt ?? new Date(0).toISOString()}
      formats={formatsOf(useLocale())}
      source={source}
    />
  )
}

/** What a message said before it was edited. */
export const Past = ({ messageId, conversationId }: Omit<HistoryProps, 'source'>) => {
  const { cache, client } = useConsole()
  const conversation = useStore(cache, ({ conversations }) => conversations.get(conversationId))
  const editedAt = useStore(
    cache,
    ({ threads }) => threads.get(conversationId)?.messages.find(({ id }) => id === messageId)?.editedAt,
  )
  const { data, isError } = useQuery({
    queryKey: ['past-texts', messageId, editedAt],
    queryFn: () => client.messages.pastTexts.query({ messageId }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  return (
    <PastTexts
      texts={data ?? null}
      hasFailed={isError}
      hasFormats={CAPABILITIES[conversation?.source ?? 'unknown'].formats === 'html'}
      formats={formatsOf(useLocale())}
    />
  )
}
