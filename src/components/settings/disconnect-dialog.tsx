'use client'

import { useTranslations } from 'next-intl'
import type { Channel } from '../../server/contract/channel.ts'
import { isolated } from '../ui/display-text.ts'
import { ConfirmDialog, type Confirming } from './confirm-dialog.tsx'

export const DisconnectDialog = ({ channel, ...confirming }: Confirming & { channel: Channel }) => {
  const t = useTranslations('settings.disconnect')
  const title = t('title', { name: isolated(channel.name) })
  const words = { title, text: t('text'), submit: t('submit'), submitting: t('submitting') }
  return <ConfirmDialog {...confirming} words={words} />
}
