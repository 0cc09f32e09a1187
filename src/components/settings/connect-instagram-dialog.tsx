'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import {
  type Channel,
  ConnectInstagram,
  type InstagramSetup,
  InstagramToken,
} from '../../server/contract/channel.ts'
import { Field } from '../ui/field.tsx'
import { ConnectDialog } from './connect-dialog.tsx'
import { CopyField } from './copy-field.tsx'
import type { Refusal } from './refusal.tsx'
import { Step, Steps } from './steps.tsx'

interface Props {
  /** The channel that is to go on under another token; null where it is a new one. */
  again: Channel | null
  /** Null while it is not known. */
  setup: InstagramSetup | null
  onClose: () => void
  onConnect: (input: ConnectInstagram) => void
  isBusy: boolean
  refusal: Refusal | null
}

/** Says where the token comes from and what Meta has to be told, asks for the token, and shows what Instagram said to it. */
export const ConnectInstagramDialog = ({ again, setup, onClose, onConnect, isBusy, refusal }: Props) => {
  const t = useTranslations('settings.connectInstagram')
  const [text, setText] = useState('')
  const [account, setAccount] = useState('')
  const [isTried, setIsTried] = useState(false)
  const token = text.trim()
  const input = ConnectInstagram.safeParse({
    source: 'instagram',
    access_token: token,
    ...(account.trim() !== '' && { instagram_user_id: account.trim() }),
  })
  const isToken = InstagramToken.safeParse(token).success
  const onSubmit = () => {
    setIsTried(true)
    if (input.success) onConnect(input.data)
  }
  return (
    <ConnectDialog
      platform="Instagram"
      again={again}
      onClose={onClose}
      onSubmit={onSubmit}
      isBusy={isBusy}
      refusal={refusal}
    >
      <Way />
      {setup && <Webhook setup={setup} />}
      <Field
        label={t('token')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        ltr
        help={t('kept')}
        error={isTried && !isToken ? t('looksWrong') : null}
      />
      {!again && (
        <Field
          label={t('account')}
          value={account}
          onChange={(event) => setAccount(event.target.value)}
          inputMode="numeric"
          autoComplete="off"
          ltr
          help={t('accountHelp')}
          error={isTried && isToken && !input.success ? t('accountWrong') : null}
        />
      )}
    </ConnectDialog>
  )
}

const Way = () => {
  const t = useTranslations('settings.connectInstagram')
  const words = {
    meta: () => (
      <a
        href="https://developers.facebook.com/apps/"
        target="_blank"
        rel="noreferrer"
        className="ltr font-medium text-firuze-ink underline underline-offset-4"
      >
        developers.facebook.com
      </a>
    ),
    code: () => <code className="ltr rounded-md bg-hover px-1.5 py-0.5 text-sm">INSTAGRAM_VERIFY_TOKEN</code>,
  }
  return (
    <Steps>
      <Step>{t('step1')}</Step>
      <Step>{t.rich('step2', words)}</Step>
      <Step>{t.rich('step3', words)}</Step>
    </Steps>
  )
}

const Webhook = ({ setup: { webhookUrl, isReady } }: { setup: InstagramSetup }) => {
  const t = useTranslations('settings.connectInstagram')
  return (
    <>
      <CopyField label={t('webhook')} value={webhookUrl} copyLabel={t('copy')} copiedLabel={t('copied')} />
      {!isReady && (
        <p className="rounded-control border border-anar-line bg-anar-tint px-3 py-2 text-sm">
          {t('notReady')}
        </p>
      )}
    </>
  )
}
