'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef } from 'react'
import { Composer } from '../../../components/chat/composer.tsx'
import { formatsOf } from '../../../components/chat/time.ts'
import { currentSendKey } from '../../../components/settings/preferences.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useTypingSignal } from '../../_client/use-presence.ts'
import { complain } from '../complain.ts'
import { useShortcuts } from './use-shortcut.ts'

interface Props {
  conversationId: string
  /** Null while it is not known on which platform the customer writes. */
  source: string | null
  isClosed: boolean
  wantsFocus: RefObject<boolean>
  onLeave: () => void
  onSent: () => void
}

/** The answer to one conversation. It is made anew for each, so that no text can slip into another. */
export const Reply = ({ conversationId, source, isClosed, wantsFocus, onLeave, onSent }: Props) => {
  const { drafts, outbox } = useConsole()
  const t = useTranslations('chat.composer')
  const input = useRef<HTMLTextAreaElement>(null)
  const typing = useTypingSignal(conversationId)
  useEffect(() => {
    if (wantsFocus.current) input.current?.focus()
    wantsFocus.current = false
  }, [wantsFocus])
  useShortcuts({ reply: () => input.current?.focus() })

  const send = (text: string) => {
    if (outbox.send(conversationId, text) === null) {
      complain(t('full'))
      return false
    }
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
