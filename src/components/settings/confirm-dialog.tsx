'use client'

import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
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
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      description={words.text}
      closeLabel={t('close')}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button tone="danger" busy={isBusy} onClick={onConfirm}>
            {isBusy ? words.submitting : words.submit}
          </Button>
        </>
      }
    >
      {refusal && <RefusalNote refusal={refusal} {...(sentences && { sentences })} />}
    </Dialog>
  )
}
