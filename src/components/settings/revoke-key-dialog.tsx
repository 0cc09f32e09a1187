'use client'

import { useTranslations } from 'next-intl'
import type { ApiKey } from '../../server/contract/account.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { isolated } from '../ui/display-text.ts'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props {
  apiKey: ApiKey
  onClose: () => void
  onConfirm: () => void
  isBusy: boolean
  refusal: Refusal | null
}

export const RevokeKeyDialog = ({ apiKey, onClose, onConfirm, isBusy, refusal }: Props) => {
  const t = useTranslations('settings.revokeKey')
  const common = useTranslations('settings')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name: isolated(apiKey.name) })}
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
