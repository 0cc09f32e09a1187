'use client'

import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { TelegramToken } from '../../server/contract/channel.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props {
  onClose: () => void
  onConnect: (token: string) => void
  isBusy: boolean
  refusal: Refusal | null
}

/** Asks for a bot's token, checks its shape as it is written, and shows what Telegram said to it. */
export const ConnectTelegramDialog = ({ onClose, onConnect, isBusy, refusal }: Props) => {
  const t = useTranslations('settings.connectTelegram')
  const common = useTranslations('settings')
  const form = useId()
  const [text, setText] = useState('')
  const [isTried, setIsTried] = useState(false)
  const token = TelegramToken.safeParse(text.trim()).data
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (token) onConnect(token)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      closeLabel={common('close')}
      actions={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} tone="primary" busy={isBusy}>
            {isBusy ? t('submitting') : t('submit')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={onSubmit} className="grid gap-4">
        <Steps />
        <Field
          label={t('token')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          ltr
          help={<TokenHelp isEmpty={text === ''} isToken={token !== undefined} />}
          error={isTried && !token ? t('looksWrong') : null}
        />
        <RefusalNote
          refusal={refusal}
          wordsLabel={t('said')}
          sentences={{
            invalid_input: t('failures.invalid_input'),
            conflict: t('failures.conflict'),
            forbidden: t('failures.forbidden'),
            unavailable: t('failures.unavailable'),
          }}
        />
      </form>
    </Dialog>
  )
}

const Steps = () => {
  const t = useTranslations('settings.connectTelegram')
  const words = {
    bot: () => (
      <a
        href="https://t.me/BotFather"
        target="_blank"
        rel="noreferrer"
        className="ltr font-medium text-firuze-ink underline underline-offset-4"
      >
        @BotFather
      </a>
    ),
    command: () => <code className="ltr rounded-md bg-hover px-1.5 py-0.5 text-sm">/newbot</code>,
  }
  return (
    <ol className="grid gap-2 text-dim">
      <Step>{t.rich('step1', words)}</Step>
      <Step>{t('step2')}</Step>
      <Step>{t('step3')}</Step>
    </ol>
  )
}

const Step = ({ children }: { children: ReactNode }) => (
  <li className="ms-5 list-decimal ps-1 marker:text-faint [&:lang(fa)]:[list-style-type:persian]">
    {children}
  </li>
)

const TokenHelp = ({ isEmpty, isToken }: { isEmpty: boolean; isToken: boolean }) => {
  const t = useTranslations('settings.connectTelegram')
  if (isEmpty) return t('kept')
  if (!isToken) return t('looksWrong')
  return (
    <span className="flex items-center gap-1.5 text-firuze-ink">
      <CircleCheck size={14} aria-hidden />
      {t('looksRight')}
    </span>
  )
}
