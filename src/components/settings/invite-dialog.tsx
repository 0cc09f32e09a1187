'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Invite } from '../../server/contract/account.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Name } from '../ui/name.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { CopyField } from './copy-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import type { Refusal } from './refusal.tsx'

interface Props {
  onClose: () => void
  onInvite: (invite: Invite) => void
  isBusy: boolean
  refusal: Refusal | null
  /** The link, once it has been made. */
  made: { email: string; url: string } | null
  onAnother: () => void
}

/** Makes a link that lets one person in, and hands it over to be sent. */
export const InviteDialog = ({ made, onAnother, onClose, ...form }: Props) => {
  const t = useTranslations('settings.invite')
  const common = useTranslations('settings')
  if (!made) return <InviteForm {...form} onClose={onClose} />
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('ready')}
      description={t.rich('readyText', { email: () => <Name className="ltr text-ink">{made.email}</Name> })}
      closeLabel={common('close')}
      actions={
        <>
          <Button tone="quiet" onClick={onAnother}>
            {t('another')}
          </Button>
          <Button onClick={onClose}>{common('close')}</Button>
        </>
      }
    >
      <CopyField label={t('link')} value={made.url} copyLabel={t('copy')} copiedLabel={t('copied')} />
    </Dialog>
  )
}

const ROLES = ['agent', 'admin'] as const

const InviteForm = ({ onClose, onInvite, isBusy, refusal }: Omit<Props, 'made' | 'onAnother'>) => {
  const t = useTranslations('settings.invite')
  const people = useTranslations('settings.people')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Invite['role']>('agent')
  const [isWrong, setIsWrong] = useState(false)
  const onSubmit = () => {
    const invite = Invite.safeParse({ email: email.trim(), role })
    setIsWrong(!invite.success)
    if (invite.success) onInvite(invite.data)
  }
  return (
    <FormDialog
      title={t('title')}
      onClose={onClose}
      onSubmit={onSubmit}
      submit={isBusy ? t('submitting') : t('submit')}
      isBusy={isBusy}
      noValidate
      refusal={refusal}
      sentences={{ forbidden: t('failures.forbidden'), conflict: t('failures.conflict') }}
    >
      <Field
        label={t('email')}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        autoComplete="off"
        autoFocus
        ltr
        error={isWrong ? t('emailWrong') : null}
      />
      <div className="grid gap-1.5">
        <span className="text-sm font-medium text-dim">{t('role')}</span>
        <Segmented
          label={t('role')}
          value={role}
          onChange={setRole}
          options={ROLES.map((value) => ({ value, label: people(`roles.${value}`) }))}
          className="justify-self-start"
        />
        <p className="text-xs text-dim">{t(`roleHints.${role}`)}</p>
      </div>
    </FormDialog>
  )
}
