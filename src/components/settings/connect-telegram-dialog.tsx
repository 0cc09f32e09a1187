'use client'

import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type Channel, TelegramToken } from '../../server/contract/channel.ts'
import { Field } from '../ui/field.tsx'
import { channelName } from './channel-name.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import type { Refusal } from './refusal.tsx'
import { Step, Steps } from './steps.tsx'

interface Props {
  /** The channel that is to go on under another token; null where it is a new one. */
  again: Channel | null
  onClose: () => void
  onConnect: (token: string) => void
  isBusy: boolean
  refusal: Refusal | null
}

/** Asks for a bot's token, checks its shape as it is written, and shows what Telegram said to it. */
export const ConnectTelegramDialog = ({ again, onClose, onConnect, isBusy, refusal }: Props) => {
  const t = useTranslations('settings.connectTelegram')
  const [text, setText] = useState('')
  const [isTried, setIsTried] = useState(false)
  const token = TelegramToken.safeParse(text.trim()).data
  const onSubmit = () => {
    setIsTried(true)
    if (token) onConnect(token)
  }
  return (
    <ConnectDialog
      platform="Telegram"
      again={again}
      onClose={onClose}
      onSubmit={onSubmit}
      isBusy={isBusy}
      refusal={refusal}
    >
      <Way again={again} />
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
    </ConnectDialog>
  )
}

const Way = ({ again }: Pick<Props, 'again'>) => {
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
    command: () => (
      <code className="ltr rounded-md bg-hover px-1.5 py-0.5 text-sm">{again ? '/token' : '/newbot'}</code>
    ),
  }
  return (
    <Steps>
      <Step>{t.rich('step1', words)}</Step>
      <Step>{again ? t('againStep2', { name: channelName(again) }) : t('step2')}</Step>
      <Step>{t('step3')}</Step>
    </Steps>
  )
}

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
