'use client'

import type { RefObject } from 'react'
import { DropZone } from '../../../components/chat/drop-zone.tsx'
import { ErasedNote } from '../../../components/chat/erased-note.tsx'
import { ThreadLog } from '../../../components/chat/thread-log.tsx'
import { ThreadFailed, ThreadSkeleton } from '../../../components/chat/thread-states.tsx'
import { TypingLine } from '../../../components/chat/typing-line.tsx'
import { UnreachableNote } from '../../../components/chat/unreachable-note.tsx'
import { CAPABILITIES } from '../../../server/contract/capabilities.ts'
import type { Source } from '../../../server/contract/customer.ts'
import type { TextLimit } from '../../../server/contract/split.ts'
import { useCompany } from '../../_client/use-presence.ts'
import { Announcer } from './announcer.tsx'
import { ChangeAnnouncer } from './change-announcer.tsx'
import { Reply } from './reply.tsx'
import { edgeOf, failureOf } from './thread-phases.ts'
import { ThreadTop } from './thread-top.tsx'
import { useBubbleActions } from './use-bubble-actions.tsx'
import { useComposeMode } from './use-compose-mode.ts'
import { useMessageMoves } from './use-message-moves.tsx'
import { useNow } from './use-now.ts'
import type { Panel } from './use-panel.ts'
import { useThreadView } from './use-thread-view.ts'
import { useUploads } from './use-uploads.ts'
import { useWindow } from './use-window.ts'

interface Props {
  conversationId: string
  panel: Panel
  /** Set where a conversation was opened to be answered. */
  wantsReply: RefObject<boolean>
  onLeave: () => void
  onHome: () => void
}

/** The channels' table, as the composer counts by it. */
const limitOf = (source: Source): TextLimit => {
  const { text, formats } = CAPABILITIES[source]
  return { ...text, formats }
}

/** One conversation: its top, its messages, the answer being written. */
export const ThreadPane = ({ conversationId, panel, wantsReply, onLeave, onHome }: Props) => {
  const view = useThreadView(conversationId)
  const { thread, source, formats } = view
  const { conversation, messages } = thread
  const { typers, viewers } = useCompany(conversationId)
  const compose = useComposeMode(conversationId, messages)
  const moves = useMessageMoves(conversation, compose.begin)
  const actions = useBubbleActions(conversationId, source, moves)
  const now = useNow()
  const time = useWindow(conversation, messages)
  const erasedAt = conversation?.customer.erasedAt
  const uploads = useUploads(conversationId, conversation?.source)

  const editLast = () => {
    const last = view.items.findLast((item) => item.kind === 'bubble' && item.by === 'self')
    if (last?.kind !== 'bubble' || !moves.allowed(last).canEdit) return
    const message = moves.find(last.messageId)
    if (message) compose.begin({ kind: 'edit', message })
  }

  const failure = failureOf(thread)
  if (failure) {
    return (
      <ThreadFailed
        kind={failure}
        isBusy={thread.phase?.state === 'loading'}
        onRetry={thread.reload}
        onBack={onHome}
      />
    )
  }
  return (
    <DropZone onFiles={erasedAt ? null : uploads.add}>
      <ThreadTop
        conversation={conversation}
        viewers={viewers}
        panel={panel}
        source={source}
        onLeave={onLeave}
      />
      {messages && conversation ? (
        <ThreadLog
          threadKey={conversationId}
          items={view.items}
          isReady
          older={edgeOf(thread.hasOlder, thread.olderPhase, thread.loadOlder)}
          newer={edgeOf(thread.hasNewer, thread.newerPhase, thread.loadNewer)}
          sentCount={view.sentCount}
          missed={view.missed}
          actions={actions}
          formats={formats}
          source={source}
          now={now}
          foot={<TypingLine typers={typers} number={formats.number} />}
          onEnd={view.setIsAtEnd}
          onJump={view.toNewest}
        />
      ) : (
        <ThreadSkeleton />
      )}
      {moves.node}
      <Announcer conversation={conversation} messages={messages} />
      <ChangeAnnouncer key={`changes:${conversationId}`} conversation={conversation} messages={messages} />
      {erasedAt && <ErasedNote date={formats.date(erasedAt)} />}
      {!erasedAt && conversation?.customer.unreachable !== undefined && (
        <UnreachableNote reason={conversation.customer.unreachable} />
      )}
      {!erasedAt && (
        <Reply
          key={conversationId}
          uploads={uploads}
          compose={compose}
          onUp={editLast}
          moves={moves}
          conversationId={conversationId}
          customerName={view.name}
          source={conversation ? source : null}
          wantsFocus={wantsReply}
          isClosed={conversation?.status === 'closed'}
          limit={conversation ? limitOf(conversation.source) : null}
          time={time}
          onLeave={onLeave}
          onSent={view.onSent}
        />
      )}
    </DropZone>
  )
}
