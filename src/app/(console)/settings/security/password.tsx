'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ChangePasswordDialog } from '../../../../components/settings/change-password-dialog.tsx'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { Section } from '../../../../components/settings/section.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** The password, which is changed by whoever knows it. */
export const PasswordSection = () => {
  const t = useTranslations('account.password')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { data: me } = useQuery(trpc.people.me.queryOptions())
  const [isOpen, setIsOpen] = useState(false)
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      gcTime: 0,
      onSuccess: () => {
        setIsOpen(false)
        void queries.invalidateQueries({ queryKey: trpc.account.sessions.queryKey() })
      },
    }),
  )
  const open = () => {
    change.reset()
    setIsOpen(true)
  }
  const refusal = refusalOf(change.error)
  return (
    <Section title={t('title')} text={t('text')} action={me && <Button onClick={open}>{t('change')}</Button>}>
      <DoneNote>{change.data && !isOpen ? t('done', { ended: change.data.ended }) : null}</DoneNote>
      {isOpen && me && (
        <ChangePasswordDialog
          person={me}
          onClose={() => setIsOpen(false)}
          onChange={change.mutate}
          isBusy={change.isPending}
          refusal={refusal && { code: refusal.code }}
        />
      )}
    </Section>
  )
}
