'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useCallback } from 'react'
import { ComposeBar } from '../../../components/chat/compose-bar.tsx'
import { Composer } from '../../../components/chat/composer.tsx'
import { quoteFrom } from '../../../components/chat/quote.ts'
import { formatsOf } from '../../../components/chat/time.ts'
import { currentSendKey } from '../../../components/settings/preferences.ts'
import type { TextLimit } from '../../../server/contract/split.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import type { ComposeMode } from './use-compose-mode.ts'

interface Props {
  mode: ComposeMode
  inputRef: RefObject<HTMLTextAreaElement | null>
  /** How the customer's platform counts; null while it is not known. */
  limit: TextLimit | null
  begin: (mode: ComposeMode) => void
  end: () => void
  /** Says why the server did not take it. */
  tell: (error: unknown) => void
}

/** Replaces the words of a message. What was begun for a new one waits meanwhile. */
export const EditReply = ({ mode, inputRef, limit, begin, end, tell }: Props) => {
  const { self, changes } = useConsole()
  const t = useTranslations('chat.composer')
  const { message } = mode
  const save = useCallback(
    (content: string) => {
      end()
      if (content === message.content) return true
      const again = (error: unknown) => {
        tell(error)
        begin({ kind: 'edit', message, draft: content })
      }
      void changes.edit(message, content).catch(again)
      return true
    },
    [changes, message, begin, end, tell],
  )
  return (
    <Composer
      draft={mode.draft ?? message.content}
      placeholder={t('editing')}
      sendLabel={t('save')}
      sendKey={currentSendKey()}
      inputRef={inputRef}
      hasFiles={false}
      hasFormats={limit?.formats === 'html'}
      limit={limit}
      isOneMessage
      wait={null}
      tray={null}
      head={<ComposeBar kind="edit" quote={quoteFrom(message, { selfId: self.userId })} onCancel={end} />}
      onFiles={null}
      number={formatsOf(useLocale()).number}
      onDraft={() => {}}
      onSend={save}
      onTyping={() => {}}
      onStopTyping={() => {}}
      onEscape={end}
    />
  )
}
