'use client'

import { useLocale, useTranslations } from 'next-intl'
import { formatsOf } from '../chat/time.ts'
import { type Refusal, RefusalNote } from '../settings/refusal.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

interface Props {
  count: number
  isBusy: boolean
  refusal: Refusal | null
  onClose: () => void
  onConfirm: () => void
}

/** Asks before held messages are deleted: it cannot be undone. */
export const DiscardDialog = ({ count, isBusy, refusal, onClose, onConfirm }: Props) => {
  const t = useTranslations('spam.dialog')
  const shown = formatsOf(useLocale()).number(count)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { count, shown })}
      description={t('text')}
      closeLabel={t('close')}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button tone="danger" busy={isBusy} onClick={onConfirm}>
            {t('submit')}
          </Button>
        </>
      }
    >
      {refusal && <RefusalNote refusal={refusal} />}
    </Dialog>
  )
}
