'use client'

import { useTranslations } from 'next-intl'
import { AskDialog } from '../ui/ask-dialog.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'

/** How a question that cannot be taken back is closed, answered and refused. */
export interface Confirming {
  onClose: () => void
  onConfirm: () => void
  isBusy: boolean
  refusal: Refusal | null
}

interface Props extends Confirming {
  words: { title: string; text: string; submit: string; submitting: string }
  sentences?: Parameters<typeof RefusalNote>[0]['sentences']
}

/** Asks once more before something ends. */
export const ConfirmDialog = ({ words, sentences, onClose, onConfirm, isBusy, refusal }: Props) => {
  const t = useTranslations('settings')
  const submit = isBusy ? words.submitting : words.submit
  return (
    <AskDialog
      title={words.title}
      description={words.text}
      words={{ close: t('close'), cancel: t('cancel'), submit }}
      tone="danger"
      isBusy={isBusy}
      onClose={onClose}
      submit={onConfirm}
    >
      {refusal && <RefusalNote refusal={refusal} {...(sentences && { sentences })} />}
    </AskDialog>
  )
}
