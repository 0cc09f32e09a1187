import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useCallback, useMemo, useState } from 'react'
import { MessageMoves } from '../../../components/chat/message-moves.tsx'
import { hasMoves, movesOf } from '../../../components/chat/moves.ts'
import type { BubbleItem } from '../../../components/chat/thread-items.ts'
import { CAPABILITIES } from '../../../server/contract/capabilities.ts'
import type { Conversation } from '../../../server/contract/conversation.ts'
import type { Message } from '../../../server/contract/message.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { answerOf } from '../../_client/trpc.ts'
import { complain } from '../complain.ts'
import { useRight } from '../use-right.ts'
import type { ComposeMode } from './use-compose-mode.ts'

const Removal = dynamic(
  () => import('../../../components/chat/remove-dialog.tsx').then((module) => module.RemoveDialog),
  { ssr: false },
)

const WHY = {
  forbidden: 'forbidden',
  conflict: 'tooLate',
  invalid_input: 'notTaken',
  rate_limited: 'tooMany',
  not_found: 'gone',
} as const

/** What can be done with the messages of a thread: answer, edit, remove, react. */
export const useMessageMoves = (
  conversation: Conversation | undefined,
  begin: (mode: ComposeMode) => void,
) => {
  const { cache, changes } = useConsole()
  const t = useTranslations('chat.menu')
  const canChangeOthers = useRight('changeOthers')
  const [removing, setRemoving] = useState<Message | null>(null)
  const { id = '', source = 'unknown' } = conversation ?? {}
  const isOpen = conversation !== undefined && conversation.customer.erasedAt === undefined

  const find = useCallback(
    (messageId: string | null) =>
      cache
        .get()
        .threads.get(id)
        ?.messages.find((message) => message.id === messageId),
    [cache, id],
  )
  const tell = useCallback(
    (error: unknown) => {
      const answer = answerOf(error)
      const why = answer !== null && answer in WHY ? WHY[answer as keyof typeof WHY] : null
      complain(t(`refused.${why ?? 'noAnswer'}`))
    },
    [t],
  )
  const onReact = useCallback(
    (messageId: string, emoji: string | null) => {
      const message = find(messageId)
      if (message) void changes.react(message, emoji).catch(tell)
    },
    [changes, find, tell],
  )
  const looker = useMemo(
    () => ({ capabilities: CAPABILITIES[source], canChangeOthers, isOpen }),
    [source, canChangeOthers, isOpen],
  )
  const allowed = useCallback(
    (bubble: BubbleItem) => movesOf(bubble, { ...looker, now: Date.now() }),
    [looker],
  )
  const renderMoves = useCallback(
    (bubble: BubbleItem) => {
      const moves = allowed(bubble)
      const message = find(bubble.messageId)
      if (!message || !hasMoves(moves)) return null
      return (
        <MessageMoves
          moves={moves}
          content={bubble.content}
          side={bubble.side}
          onReply={() => begin({ kind: 'reply', message })}
          onEdit={() => begin({ kind: 'edit', message })}
          // The menu gives the focus back first, so that the question can return it there.
          onRemove={() => requestAnimationFrame(() => setRemoving(message))}
          onReact={(emoji) => onReact(message.id, emoji)}
        />
      )
    },
    [allowed, find, begin, onReact],
  )
  const node = removing && (
    <Removal
      onClose={() => setRemoving(null)}
      onConfirm={() => {
        setRemoving(null)
        void changes.unsend(removing).catch(tell)
      }}
    />
  )
  const canReply = isOpen && looker.capabilities.replies
  return { renderMoves, onReact, allowed, find, tell, canReply, node }
}
