'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { AskDialog } from '../ui/ask-dialog.tsx'
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
    <AskDialog
      title={t('title', { name: isolated(name) })}
      description={t('text')}
      words={{ close: t('close'), cancel: t('cancel'), submit: t(isBusy ? 'submitting' : 'submit') }}
      tone="danger"
      isBusy={isBusy}
      onClose={onClose}
      submit={onConfirm}
    >
      {failure && (
        <p role="alert" className="flex items-start gap-2 text-sm text-anar-ink">
          <CircleAlert aria-hidden size={16} className="mt-0.75 shrink-0" />
          {t(failure)}
        </p>
      )}
    </AskDialog>
  )
}
