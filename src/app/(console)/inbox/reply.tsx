'use client'

import dynamic from 'next/dynamic'
import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef } from 'react'
import { ComposeBar } from '../../../components/chat/compose-bar.tsx'
import { Composer } from '../../../components/chat/composer.tsx'
import { quoteFrom } from '../../../components/chat/quote.ts'
import { formatsOf } from '../../../components/chat/time.ts'
import { WindowNote } from '../../../components/chat/window-note.tsx'
import { currentSendKey } from '../../../components/settings/preferences.ts'
import { strip } from '../../../server/contract/characters.ts'
import type { TextLimit } from '../../../server/contract/split.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useTypingSignal } from '../../_client/use-presence.ts'
import { complain } from '../complain.ts'
import { EditReply } from './edit-reply.tsx'
import type { useComposeMode } from './use-compose-mode.ts'
import type { useMessageMoves } from './use-message-moves.tsx'
import { useShortcuts } from './use-shortcut.ts'
import type { useUploads } from './use-uploads.ts'
import type { WindowView } from './use-window.ts'

const UploadTray = dynamic(() =>
  import('../../../components/chat/upload-tray.tsx').then((module) => module.UploadTray),
)

interface Props {
  uploads: ReturnType<typeof useUploads>
  compose: ReturnType<typeof useComposeMode>
  moves: ReturnType<typeof useMessageMoves>
  conversationId: string
  customerName: string | null
  /** Null while it is not known on which platform the customer writes. */
  source: string | null
  isClosed: boolean
  /** How its platform counts the length of a text; null while it is not known. */
  limit: TextLimit | null
  /** Null where there is always time to write. */
  time: WindowView | null
  /** The arrow that leads up, in an empty box. */
  onUp: () => void
  wantsFocus: RefObject<boolean>
  onLeave: () => void
  onSent: () => void
}

/** The answer to one conversation. It is made anew for each, so that no text can slip into another. */
export const Reply = (props: Props) => {
  const { uploads, compose, moves, conversationId, source, isClosed, limit, time } = props
  const { wantsFocus, onLeave, onSent } = props
  const { self, drafts, outbox } = useConsole()
  const { mode, begin, end } = compose
  const t = useTranslations('chat.composer')
  const tu = useTranslations('chat.upload')
  const input = useRef<HTMLTextAreaElement>(null)
  const typing = useTypingSignal(conversationId)
  useEffect(() => {
    if (wantsFocus.current) input.current?.focus()
    wantsFocus.current = false
  }, [wantsFocus])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another message is answered or edited.
  useEffect(() => {
    if (!mode) return
    // The menu gives the focus back to its button first.
    const frame = requestAnimationFrame(() => focusEnd(input.current))
    return () => cancelAnimationFrame(frame)
  }, [mode?.kind, mode?.message.id])
  useShortcuts({
    reply: () => {
      const focused = moves.find(focusedMessage())
      if (focused && moves.canReply && focused.deletedAt === null) begin({ kind: 'reply', message: focused })
      else input.current?.focus()
    },
  })

  const send = (text: string) => {
    if (outbox.isFull()) {
      complain(t('full'))
      return false
    }
    const replyToId = mode?.message.id
    outbox.send(conversationId, strip(text) === '' ? '' : text, uploads.take(), replyToId)
    end()
    onSent()
    return true
  }
  const placeholder =
    source === null ? t('placeholderAny') : t(isClosed ? 'placeholderClosed' : 'placeholder', { source })
  const number = formatsOf(useLocale()).number
  const hasFormats = limit?.formats === 'html'
  if (mode?.kind === 'edit') {
    const edit = { mode, limit, begin, end, tell: moves.tell }
    return <EditReply key={mode.message.id} inputRef={input} {...edit} />
  }
  if (time?.window.kind === 'closed') return <WindowNote {...time} />
  return (
    <>
      {time && <WindowNote {...time} />}
      <Composer
        hasFormats={hasFormats}
        head={
          mode && (
            <ComposeBar
              kind="reply"
              quote={quoteFrom(mode.message, { selfId: self.userId, customerName: props.customerName })}
              onCancel={end}
            />
          )
        }
        onUp={props.onUp}
        draft={drafts.get(conversationId)}
        placeholder={placeholder}
        sendKey={currentSendKey()}
        inputRef={input}
        hasFiles={uploads.items.length > 0}
        wait={uploads.hasFailed ? tu('blocked') : uploads.isBusy ? tu('busy') : null}
        tray={
          uploads.items.length > 0 && (
            <UploadTray items={uploads.items} onRetry={uploads.retry} onRemove={uploads.remove} />
          )
        }
        onFiles={uploads.add}
        number={number}
        limit={limit}
        onDraft={(text) => drafts.put(conversationId, text)}
        onSend={send}
        onTyping={typing.type}
        onStopTyping={typing.stop}
        onEscape={() => {
          if (mode) return end()
          drafts.flush()
          onLeave()
        }}
      />
    </>
  )
}

const focusedMessage = (): string | null =>
  document.activeElement?.closest<HTMLElement>('[data-message]')?.dataset.message ?? null

const focusEnd = (input: HTMLTextAreaElement | null) => {
  input?.focus()
  input?.setSelectionRange(input.value.length, input.value.length)
}
