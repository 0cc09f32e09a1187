'use client'

import { Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'

/** The longest message that Telegram takes. */
const MAX_TEXT = 4_096

interface Props {
  isBlocked: boolean
  onWrite: (text: string) => void
  onUnblock: () => void
}

export const PhoneComposer = ({ isBlocked, onWrite, onUnblock }: Props) => {
  const t = useTranslations('simulator.phone')
  if (!isBlocked) return <Composer onWrite={onWrite} />
  return (
    <div className="flex items-center justify-between gap-3 border-t bg-surface py-3 ps-4 pe-3">
      <p role="status" className="text-sm text-anar-ink">
        {t('blocked')}
      </p>
      <Button onClick={onUnblock}>{t('unblock')}</Button>
    </div>
  )
}

const Composer = ({ onWrite }: { onWrite: (text: string) => void }) => {
  const t = useTranslations('simulator.phone')
  const [text, setText] = useState('')
  const over = text.length - MAX_TEXT
  const canSend = text.trim() !== '' && over <= 0
  const send = () => {
    if (!canSend) return
    onWrite(text.trim())
    setText('')
  }
  return (
    <form onSubmit={(event) => prevent(event, send)} className="border-t bg-surface p-2">
      {over > 0 && (
        <p role="status" className="px-2 pb-1 text-xs text-anar-ink">
          {t('tooLong', { over })}
        </p>
      )}
      <div className="flex items-end gap-1.5">
        <textarea
          value={text}
          rows={1}
          enterKeyHint="send"
          // An empty box keeps the side of its placeholder.
          dir={text ? 'auto' : undefined}
          aria-label={t('placeholder')}
          placeholder={t('placeholder')}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => isSendKey(event) && prevent(event, send)}
          className="field-sizing-content max-h-36 min-h-11 min-w-0 flex-1 resize-none rounded-[22px] border border-edge/60 bg-canvas px-4 py-2 text-md outline-none focus-visible:border-firuze coarse:text-lg"
        />
        <IconButton
          type="submit"
          side="top"
          label={t('send')}
          disabled={!canSend}
          className="size-11 rounded-full bg-firuze text-on-firuze hover:bg-firuze-deep hover:text-on-firuze"
        >
          <Send size={19} aria-hidden className="mirror" />
        </IconButton>
      </div>
    </form>
  )
}

// While an input method composes, Enter belongs to it.
const isSendKey = ({ key, shiftKey, nativeEvent }: KeyboardEvent) =>
  key === 'Enter' && !shiftKey && !nativeEvent.isComposing

const prevent = (event: FormEvent | KeyboardEvent, then: () => void) => {
  event.preventDefault()
  then()
}
