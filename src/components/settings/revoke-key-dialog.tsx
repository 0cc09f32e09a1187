'use client'

import { useTranslations } from 'next-intl'
import type { ApiKey } from '../../server/contract/account.ts'
import { isolated } from '../ui/display-text.ts'
import { ConfirmDialog, type Confirming } from './confirm-dialog.tsx'

export const RevokeKeyDialog = ({ apiKey, ...confirming }: Confirming & { apiKey: ApiKey }) => {
  const t = useTranslations('settings.revokeKey')
  const title = t('title', { name: isolated(apiKey.name) })
  const words = { title, text: t('text'), submit: t('submit'), submitting: t('submitting') }
  return <ConfirmDialog {...confirming} words={words} />
}
