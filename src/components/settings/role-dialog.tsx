'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Member, Role } from '../../server/contract/account.ts'
import { AskDialog } from '../ui/ask-dialog.tsx'
import { isolated } from '../ui/display-text.ts'
import { Segmented } from '../ui/segmented.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props {
  member: Member
  /** Those that may be given. */
  roles: readonly Role[]
  onClose: () => void
  onChange: (role: Role) => void
  isBusy: boolean
  refusal: Refusal | null
}

export const RoleDialog = ({ member, roles, onClose, onChange, isBusy, refusal }: Props) => {
  const t = useTranslations('account.member.role')
  const people = useTranslations('settings.people.roles')
  const common = useTranslations('settings')
  const [role, setRole] = useState(member.role)
  return (
    <AskDialog
      title={t('title', { name: isolated(member.name) })}
      description={t('note')}
      words={{
        close: common('close'),
        cancel: common('cancel'),
        submit: isBusy ? t('submitting') : t('submit'),
      }}
      isBusy={isBusy}
      disabled={role === member.role}
      onClose={onClose}
      submit={() => onChange(role)}
    >
      <div className="grid gap-3">
        <Segmented
          label={t('label')}
          value={role}
          onChange={setRole}
          options={roles.map((value) => ({ value, label: people(value) }))}
          className="justify-self-start"
        />
        <p aria-live="polite" className="text-sm text-dim">
          {t(`hints.${role}`)}
        </p>
        <RefusalNote
          refusal={refusal}
          sentences={{ forbidden: t('failures.forbidden'), conflict: t('failures.conflict') }}
        />
      </div>
    </AskDialog>
  )
}
