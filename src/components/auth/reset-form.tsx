'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { MIN_PASSWORD } from '../../server/contract/password.ts'
import { type Refusal, RefusalNote } from '../settings/refusal.tsx'
import { Button } from '../ui/button.tsx'
import { type PasswordFault, passwordFault } from './password-fault.ts'
import { PasswordField } from './password-field.tsx'

interface Props {
  email: string
  onSubmit: (password: string) => void
  isBusy: boolean
  refusal: Refusal | null
}

export const ResetForm = ({ email, onSubmit, isBusy, refusal }: Props) => {
  const t = useTranslations('account')
  const fields = useTranslations('auth.fields')
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<PasswordFault | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = passwordFault(password, { email })
    setFault(found)
    if (!found) onSubmit(password)
  }
  return (
    // Without a script the browser sends the form itself: a POST keeps the password out of the address.
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <RefusalNote refusal={refusal} sentences={{ invalid_input: t('password.failures.invalid_input') }} />
      {/* By it a browser knows whose password it is asked to keep. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={t('reset.password')}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="new-password"
        autoFocus
        help={t('password.hint', { min: MIN_PASSWORD })}
        error={fault && fields(fault, { min: MIN_PASSWORD })}
      />
      <Button type="submit" tone="primary" size="lg" busy={isBusy} className="mt-1">
        {isBusy ? t('reset.submitting') : t('reset.submit')}
      </Button>
    </form>
  )
}
