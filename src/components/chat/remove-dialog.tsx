'use client'

import { useTranslations } from 'next-intl'
import { AskDialog } from '../ui/ask-dialog.tsx'

/** Asks before a message is taken back: that cannot be undone. */
export const RemoveDialog = ({ onClose, onConfirm }: { onClose: () => void; onConfirm: () => void }) => {
  const t = useTranslations('chat.removing')
  return (
    <AskDialog
      title={t('title')}
      description={t('text')}
      words={{ close: t('close'), cancel: t('cancel'), submit: t('submit') }}
      tone="danger"
      onClose={onClose}
      submit={onConfirm}
    />
  )
}
