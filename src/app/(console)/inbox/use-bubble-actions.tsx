import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { BubbleActions } from '../../../components/chat/message-bubble.tsx'
import { useConsole } from '../../_client/console-provider.tsx'
import { complain } from '../complain.ts'
import { Files } from './files.tsx'
import { useJump } from './use-jump.ts'
import type { useMessageMoves } from './use-message-moves.tsx'
import { useRetry } from './use-retry.ts'

const History = dynamic(() => import('./bubble-history.tsx').then((module) => module.History), { ssr: false })
const Past = dynamic(() => import('./bubble-history.tsx').then((module) => module.Past), { ssr: false })

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
