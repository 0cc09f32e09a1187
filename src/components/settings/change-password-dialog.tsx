'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type ChangePassword, MIN_PASSWORD } from '../../server/contract/password.ts'
import { type PasswordFault, passwordFault } from '../auth/password-fault.ts'
import { PasswordField } from '../auth/password-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import type { Refusal } from './refusal.tsx'

interface Props {
  /** Whose password it is. */
  person: { email: string; username: string }
  onClose: () => void
  onChange: (input: ChangePassword) => void
  isBusy: boolean
  refusal: Refusal | null
}

export const ChangePasswordDialog = ({ person, onClose, onChange, isBusy, refusal }: Props) => {
  const t = useTranslations('account.password')
  const fields = useTranslations('auth.fields')
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [faults, setFaults] = useState<{ current?: 'required'; password?: PasswordFault }>({})
  const onSubmit = () => {
    const fault = passwordFault(password, person)
    setFaults({ ...(current === '' && { current: 'required' as const }), ...(fault && { password: fault }) })
    if (current !== '' && !fault) onChange({ current, password })
  }
  return (
    <FormDialog
      title={t('formTitle')}
      description={t('text')}
      onClose={onClose}
      onSubmit={onSubmit}
      submit={isBusy ? t('submitting') : t('submit')}
      isBusy={isBusy}
      noValidate
      refusal={refusal}
      sentences={{ forbidden: t('failures.forbidden'), invalid_input: t('failures.invalid_input') }}
    >
      {/* By it a browser knows whose password it is asked to keep. */}
      <input type="text" autoComplete="username" value={person.email} readOnly hidden />
      <PasswordField
        label={t('current')}
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
        autoComplete="current-password"
        autoFocus
        error={faults.current && fields('required')}
      />
      <PasswordField
        label={t('new')}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="new-password"
        help={t('hint', { min: MIN_PASSWORD })}
        error={faults.password && fields(faults.password, { min: MIN_PASSWORD })}
      />
    </FormDialog>
  )
}
