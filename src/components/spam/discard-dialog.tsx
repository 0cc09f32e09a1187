'use client'

import { useLocale, useTranslations } from 'next-intl'
import { formatsOf } from '../chat/time.ts'
import { type Refusal, RefusalNote } from '../settings/refusal.tsx'
import { AskDialog } from '../ui/ask-dialog.tsx'

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
    <AskDialog
      title={t('title', { count, shown })}
      description={t('text')}
      words={{ close: t('close'), cancel: t('cancel'), submit: t('submit') }}
      tone="danger"
      isBusy={isBusy}
      onClose={onClose}
      submit={onConfirm}
    >
      {refusal && <RefusalNote refusal={refusal} />}
    </AskDialog>
  )
}
