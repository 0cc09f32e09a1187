'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { isolated } from '../ui/display-text.ts'

interface Props {
  name: string
  isBusy: boolean
  /** Why it was not done, if it was not. */
  failure: 'forbidden' | 'failed' | null
  onClose: () => void
  onConfirm: () => void
}

/** Asks once more, naming whose conversation it is. */
export const DeleteDialog = ({ name, isBusy, failure, onClose, onConfirm }: Props) => {
  const t = useTranslations('chat.deleting')
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('title', { name: isolated(name) })}
      description={t('text')}
      closeLabel={t('close')}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button tone="danger" busy={isBusy} onClick={onConfirm}>
            {t(isBusy ? 'submitting' : 'submit')}
          </Button>
        </>
      }
    >
      {failure && (
        <p role="alert" className="flex items-start gap-2 text-sm text-anar-ink">
          <CircleAlert aria-hidden size={16} className="mt-0.75 shrink-0" />
          {t(failure)}
        </p>
      )}
    </Dialog>
  )
}
