'use client'

import { useTranslations } from 'next-intl'
import type { Member } from '../../server/contract/account.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { isolated } from '../ui/display-text.ts'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props {
  member: Member
  onClose: () => void
  onConfirm: () => void
  isBusy: boolean
  refusal: Refusal | null
}

export const RemoveMemberDialog = ({ member, onClose, onConfirm, isBusy, refusal }: Props) => {
  const t = useTranslations('account.member.removal')
  const common = useTranslations('settings')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name: isolated(member.name) })}
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
      {refusal && (
        <RefusalNote
          refusal={refusal}
          sentences={{ forbidden: t('failures.forbidden'), conflict: t('failures.conflict') }}
        />
      )}
    </Dialog>
  )
}
