'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog, type Confirming } from './confirm-dialog.tsx'

export const EndOthersDialog = (confirming: Confirming) => {
  const t = useTranslations('account.sessions.others')
  const words = { title: t('title'), text: t('text'), submit: t('submit'), submitting: t('submitting') }
  return <ConfirmDialog {...confirming} words={words} />
}
