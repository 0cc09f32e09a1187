'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef } from 'react'
import { Composer } from '../../../components/chat/composer.tsx'
import { formatsOf } from '../../../components/chat/time.ts'
import { UploadTray } from '../../../components/chat/upload-tray.tsx'
import { currentSendKey } from '../../../components/settings/preferences.ts'
import { strip } from '../../../server/contract/characters.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useTypingSignal } from '../../_client/use-presence.ts'
import { complain } from '../complain.ts'
import { useShortcuts } from './use-shortcut.ts'
import type { useUploads } from './use-uploads.ts'

interface Props {
  uploads: ReturnType<typeof useUploads>
  conversationId: string
  /** Null while it is not known on which platform the customer writes. */
  source: string | null
  isClosed: boolean
  wantsFocus: RefObject<boolean>
  onLeave: () => void
  onSent: () => void
}

/** The answer to one conversation. It is made anew for each, so that no text can slip into another. */
export const Reply = ({ uploads, conversationId, source, isClosed, wantsFocus, onLeave, onSent }: Props) => {
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
  return (
    <Composer
      draft={drafts.get(conversationId)}
      placeholder={placeholder}
      sendKey={currentSendKey()}
      inputRef={input}
      hasFiles={uploads.items.length > 0}
      wait={uploads.hasFailed ? tu('blocked') : uploads.isBusy ? tu('busy') : null}
      tray={<UploadTray items={uploads.items} onRetry={uploads.retry} onRemove={uploads.remove} />}
      onFiles={uploads.add}
      number={formatsOf(useLocale()).number}
      onDraft={(text) => drafts.put(conversationId, text)}
      onSend={send}
      onTyping={typing.type}
      onStopTyping={typing.stop}
      onEscape={() => {
        drafts.flush()
        onLeave()
      }}
    />
  )
}
