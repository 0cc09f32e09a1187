'use client'

import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props {
  onClose: () => void
  onConfirm: () => void
  isBusy: boolean
  refusal: Refusal | null
}

export const EndOthersDialog = ({ onClose, onConfirm, isBusy, refusal }: Props) => {
  const t = useTranslations('account.sessions.others')
  const common = useTranslations('settings')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('text')}
      closeLabel={common('close')}
      actions={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button tone="danger" busy={isBusy} onClick={onConfirm}>
            {isBusy ? t('submitting') : t('submit')}
          </Button>
        </>
      }
    >
      {refusal && <RefusalNote refusal={refusal} />}
    </Dialog>
  )
}
