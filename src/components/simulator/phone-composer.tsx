'use client'

import { Send, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { MAX_PHONE_TEXT } from '../../server/contract/simulator.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { AttachMenu } from './attach-menu.tsx'
import { type Intent, usePhoneActions } from './phone-actions.ts'

interface Props {
  isBlocked: boolean
  intent: Intent
  /** Whether the last thing done on the phone did not work. */
  hasFailed: boolean
  onWrite: (text: string) => void
  onUnblock: () => void
}

export const PhoneComposer = ({ isBlocked, onUnblock, ...rest }: Props) => {
  const t = useTranslations('simulator.phone')
  const { platform } = usePhoneActions()
  if (!isBlocked) return <Composer {...rest} />
  return (
    <div className="flex items-center justify-between gap-3 border-t bg-surface py-3 ps-4 pe-3">
      <p role="status" className="text-sm text-anar-ink">
        {t(`blocked.${platform}`)}
      </p>
      <Button onClick={onUnblock}>{t('unblock')}</Button>
    </div>
  )
}

const Composer = ({ intent, hasFailed, onWrite }: Omit<Props, 'isBlocked' | 'onUnblock'>) => {
  const t = useTranslations('simulator.phone')
  const { act, intend } = usePhoneActions()
  const input = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  useEffect(() => {
    if (!intent) return
    if (intent.kind === 'edit') setText(intent.message.text)
    // The menu that asked for it gives the focus back to its button first.
    const frame = requestAnimationFrame(() => input.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [intent])
  const over = text.length - MAX_PHONE_TEXT
  const canSend = text.trim() !== '' && over <= 0
  const send = () => {
    if (!canSend) return
    const said = text.trim()
    if (!intent) onWrite(said)
    else if (intent.kind === 'edit') act({ do: 'edit', id: intent.message.id, text: said })
    else act({ do: 'text', text: said, replyTo: intent.message.id })
    intend(null)
    setText('')
  }
  return (
    <form onSubmit={(event) => prevent(event, send)} className="border-t bg-surface p-2">
      {over > 0 && (
        <p role="status" className="px-2 pb-1 text-xs text-anar-ink">
          {t('tooLong', { over })}
        </p>
      )}
      {hasFailed && (
        <p role="alert" className="px-2 pb-1 text-xs text-anar-ink">
          {t('actFailed')}
        </p>
      )}
      {intent && (
        <div className="flex items-center gap-2 px-2 pb-1 text-xs text-dim">
          <p className="one-line flex-1">
            {t(intent.kind === 'edit' ? 'editing' : 'replying')}{' '}
            <bdi>{intent.message.text || t(`kinds.${intent.message.kind}`)}</bdi>
          </p>
          <IconButton label={t('cancel')} side="top" onClick={() => intend(null)}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      )}
      <div className="flex items-end gap-1">
        <AttachMenu />
        <textarea
          ref={input}
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
