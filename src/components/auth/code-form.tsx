'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FailureNote } from './failure-note.tsx'
import type { AuthFailure } from './post-auth.ts'

interface Props {
  busy: boolean
  failure: AuthFailure | null
  onSubmit: (otp: string) => void
  /** Back to the name and the password. */
  onBack: () => void
}

/** The second step of signing in: a code of the authenticator app, or a recovery code where the app is gone. */
export const CodeForm = ({ busy, failure, onSubmit, onBack }: Props) => {
  const t = useTranslations('auth.code')
  const [kind, setKind] = useState<'app' | 'recovery'>('app')
  const input = useRef<HTMLInputElement>(null)
  const isWrong = failure?.reason === 'code_wrong'
  useEffect(() => {
    if (isWrong) input.current?.select()
  }, [isWrong])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit(input.current?.value ?? '')
  }
  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <FailureNote failure={isWrong ? null : failure} />
      <Field
        key={kind}
        ref={input}
        name="otp"
        label={t(`${kind}.label`)}
        help={t(`${kind}.help`)}
        error={isWrong ? t(`${kind}.wrong`) : null}
        autoComplete="one-time-code"
        inputMode={kind === 'app' ? 'numeric' : 'text'}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        maxLength={100}
        ltr
      />
      <Button type="submit" tone="primary" size="lg" busy={busy} className="mt-1">
        {t('submit')}
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button tone="quiet" disabled={busy} onClick={() => setKind(kind === 'app' ? 'recovery' : 'app')}>
          {t(`${kind}.other`)}
        </Button>
        <Button tone="quiet" disabled={busy} onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}
