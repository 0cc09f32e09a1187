'use client'

import { useTranslations } from 'next-intl'
import type { Member } from '../../server/contract/account.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { isolated } from '../ui/display-text.ts'
import { Name } from '../ui/name.tsx'
import { CopyField } from './copy-field.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props {
  member: Member
  onClose: () => void
  onMake: () => void
  isBusy: boolean
  refusal: Refusal | null
  /** The link, once it has been made. */
  made: string | null
}

/** Makes a link by which a colleague sets a new password, and hands it over to be sent. */
export const PasswordLinkDialog = ({ member, onClose, onMake, isBusy, refusal, made }: Props) => {
  const t = useTranslations('account.member.link')
  const common = useTranslations('settings')
  const act = (
    <>
      <Button onClick={onClose}>{common('cancel')}</Button>
      <Button tone="primary" busy={isBusy} onClick={onMake}>
        {isBusy ? t('submitting') : t('submit')}
      </Button>
    </>
  )
  return (
    <Dialog
      open
      isSticky={made !== null}
      onOpenChange={(open) => !open && onClose()}
      title={made === null ? t('title', { name: isolated(member.name) }) : t('ready')}
      description={
        made === null
          ? t('text')
          : t.rich('readyText', { name: () => <Name className="text-ink">{member.name}</Name> })
      }
      closeLabel={common('close')}
      actions={made === null ? act : <Button onClick={onClose}>{common('close')}</Button>}
    >
      {made !== null && (
        <CopyField label={t('label')} value={made} copyLabel={t('copy')} copiedLabel={t('copied')} />
      )}
      {made === null && refusal && (
        <RefusalNote
          refusal={refusal}
          sentences={{
            forbidden: t('failures.forbidden'),
            conflict: t('failures.conflict'),
            precondition_failed: t('failures.precondition_failed'),
          }}
        />
      )}
    </Dialog>
  )
}
