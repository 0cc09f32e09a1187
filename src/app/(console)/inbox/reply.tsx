'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef } from 'react'
import { Composer } from '../../../components/chat/composer.tsx'
import { formatsOf } from '../../../components/chat/time.ts'
import { UploadTray } from '../../../components/chat/upload-tray.tsx'
import { WindowNote } from '../../../components/chat/window-note.tsx'
import { currentSendKey } from '../../../components/settings/preferences.ts'
import { strip } from '../../../server/contract/characters.ts'
import type { TextLimit } from '../../../server/contract/split.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useTypingSignal } from '../../_client/use-presence.ts'
import { complain } from '../complain.ts'
import { useShortcuts } from './use-shortcut.ts'
import type { useUploads } from './use-uploads.ts'
import type { WindowView } from './use-window.ts'

interface Props {
  uploads: ReturnType<typeof useUploads>
  conversationId: string
  /** Null while it is not known on which platform the customer writes. */
  source: string | null
  isClosed: boolean
  /** How its platform counts the length of a text; null while it is not known. */
  limit: TextLimit | null
  /** Null where there is always time to write. */
  time: WindowView | null
  wantsFocus: RefObject<boolean>
  onLeave: () => void
  onSent: () => void
}

/** The answer to one conversation. It is made anew for each, so that no text can slip into another. */
export const Reply = ({
  uploads,
  conversationId,
  source,
  isClosed,
  limit,
  time,
  wantsFocus,
  onLeave,
  onSent,
}: Props) => {
  const { drafts, outbox } = useConsole()
  const t = useTranslations('chat.composer')
  const tu = useTranslations('chat.upload')
  const input = useRef<HTMLTextAreaElement>(null)
  const typing = useTypingSignal(conversationId)
  useEffect(() => {
    if (wantsFocus.current) input.current?.focus()
    wantsFocus.current = false
  }, [wantsFocus])
  useShortcuts({ reply: () => input.current?.focus() })

  const send = (text: string) => {
    if (outbox.isFull()) {
      complain(t('full'))
      return false
    }
    outbox.send(conversationId, strip(text) === '' ? '' : text, uploads.take())
    onSent()
    return true
  }
  const placeholder =
    source === null ? t('placeholderAny') : t(isClosed ? 'placeholderClosed' : 'placeholder', { source })
  const number = formatsOf(useLocale()).number
  if (time?.window.kind === 'closed') return <WindowNote {...time} />
  return (
    <>
      {time && <WindowNote {...time} />}
      <Composer
        draft={drafts.get(conversationId)}
        placeholder={placeholder}
        sendKey={currentSendKey()}
        inputRef={input}
        hasFiles={uploads.items.length > 0}
        wait={uploads.hasFailed ? tu('blocked') : uploads.isBusy ? tu('busy') : null}
        tray={<UploadTray items={uploads.items} onRetry={uploads.retry} onRemove={uploads.remove} />}
        onFiles={uploads.add}
        number={number}
        limit={limit}
        onDraft={(text) => drafts.put(conversationId, text)}
        onSend={send}
        onTyping={typing.type}
        onStopTyping={typing.stop}
        onEscape={() => {
          drafts.flush()
          onLeave()
        }}
      />
    </>
  )
}
