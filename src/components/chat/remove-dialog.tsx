'use client'

import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Asks before a message is taken back: that cannot be undone. */
export const RemoveDialog = ({ onClose, onConfirm }: { onClose: () => void; onConfirm: () => void }) => {
  const t = useTranslations('chat.removing')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('text')}
      closeLabel={t('close')}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button tone="danger" onClick={onConfirm}>
            {t('submit')}
          </Button>
        </>
      }
    />
  )
}
