'use client'

import { useTranslations } from 'next-intl'
import type { Member } from '../../server/contract/account.ts'
import { isolated } from '../ui/display-text.ts'
import { ConfirmDialog, type Confirming } from './confirm-dialog.tsx'

export const RemoveMemberDialog = ({ member, ...confirming }: Confirming & { member: Member }) => {
  const t = useTranslations('account.member.removal')
  const title = t('title', { name: isolated(member.name) })
  const words = { title, text: t('text'), submit: t('submit'), submitting: t('submitting') }
  return (
    <ConfirmDialog
      {...confirming}
      words={words}
      sentences={{ forbidden: t('failures.forbidden'), conflict: t('failures.conflict') }}
    />
  )
}
