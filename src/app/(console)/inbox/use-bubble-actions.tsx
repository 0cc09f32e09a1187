import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useCallback, useMemo } from 'react'
import { DeliveryHistory } from '../../../components/chat/delivery-history.tsx'
import type { BubbleActions } from '../../../components/chat/message-bubble.tsx'
import { PastTexts } from '../../../components/chat/past-texts.tsx'
import { formatsOf } from '../../../components/chat/time.ts'
import { CopyAction, Retry } from '../../../components/chat/trouble-actions.tsx'
import { CAPABILITIES } from '../../../server/contract/capabilities.ts'
import type { Message } from '../../../server/contract/message.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useStore } from '../../_client/store.ts'
import { complain } from '../complain.ts'
import { Files } from './files.tsx'
import { useJump } from './use-jump.ts'
import type { useMessageMoves } from './use-message-moves.tsx'

type Moves = Pick<ReturnType<typeof useMessageMoves>, 'renderMoves' | 'onReact'>

/** What the parts of a bubble lead to: try again, let go, look at its way, at what it answers, at what it said before. */
export const useBubbleActions = (
  conversationId: string,
  source: string,
  { renderMoves, onReact }: Moves,
): BubbleActions => {
  const session = useConsole()
  const t = useTranslations('chat')
  const onJump = useJump(conversationId)
  const onRetry = useRetry()
  return useMemo(
    () => ({
      onJump,
      renderMoves,
      onReact,
      renderPast: (messageId) => <Past messageId={messageId} conversationId={conversationId} />,
      onRetry,
      onDiscard: (clientId) => session.outbox.discard(clientId),
      onRate: (messageId, feedback, comment) => {
        const held = session.cache.get().threads.get(conversationId)?.messages
        const message = held?.find(({ id }) => id === messageId)
        if (message) void session.rate(message, feedback, comment).catch(() => complain(t('rating.failed')))
      },
      renderFiles: (attachments) => <Files attachments={attachments} />,
      renderHistory: (messageId) => (
        <History messageId={messageId} conversationId={conversationId} source={source} />
      ),
    }),
    [session, t, conversationId, source, onJump, onRetry, renderMoves, onReact],
  )
}

const useRetry = (): BubbleActions['onRetry'] => {
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

interface HistoryProps {
  messageId: string
  conversationId: string
  source: string
}

const History = ({ messageId, conversationId, source }: HistoryProps) => {
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

const Past = ({ messageId, conversationId }: Omit<HistoryProps, 'source'>) => {
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
