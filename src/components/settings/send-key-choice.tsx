'use client'

import { useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'
import { Segmented } from '../ui/segmented.tsx'
import { PreferenceRow } from './preference-row.tsx'
import { applySendKey, rememberPreference, SEND_KEYS, type SendKey } from './preferences.ts'

export const SendKeyChoice = ({ stored }: { stored: SendKey }) => {
  const t = useTranslations('settings.profile')
  const isApple = useSyncExternalStore(subscribeToNothing, isAppleKeyboard, () => false)
  const [sendKey, setSendKey] = useState(stored)
  const choose = (next: SendKey) => {
    setSendKey(next)
    applySendKey(next)
    rememberPreference('sendKey', next)
  }
  return (
    <PreferenceRow name={t('sendKey')} hint={t('sendKeyHint')}>
      <Segmented
        label={t('sendKey')}
        className="*:flex-auto"
        value={sendKey}
        onChange={choose}
        options={SEND_KEYS.map((value) => ({
          value,
          label: <kbd className="ltr font-sans">{isApple ? APPLE_KEYS[value] : t(`sendKeys.${value}`)}</kbd>,
        }))}
      />
    </PreferenceRow>
  )
}

const APPLE_KEYS: Record<SendKey, string> = { enter: '⏎', 'mod-enter': '⌘ ⏎' }

const subscribeToNothing = () => () => {}
const isAppleKeyboard = () => /Mac|iPhone|iPad/.test(navigator.platform)
