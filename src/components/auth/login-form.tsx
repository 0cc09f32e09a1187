'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useRef } from 'react'
import { rememberPreference } from '../settings/preferences.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FailureNote } from './failure-note.tsx'
import { PasswordField } from './password-field.tsx'
import type { AuthFailure } from './post-auth.ts'
import { readFields, useAuthForm } from './use-auth-form.ts'

interface Props {
  /** A path of ours, already checked. */
  next: string
  /** Why an earlier attempt, made without this form, was refused. */
  before: AuthFailure | null
  demo: { login: string; password: string } | null
  /** Where an account can be made, if it can. */
  registerPath: string | null
}

export const LoginForm = ({ next, before, demo, registerPath }: Props) => {
  const t = useTranslations('auth.signIn')
  const { busy, failure, submit } = useAuthForm('credentials', next, before)
  const locale = useLocale()
  const password = useRef<HTMLInputElement>(null)
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!(await submit(readFields(event.currentTarget)))) password.current?.select()
  }
  // The demo's account has a language of its own; a visitor goes on in the one they came in.
  const enterDemo = () => {
    rememberPreference('locale', locale)
    return demo && submit(demo)
  }
  return (
    // Without a script the browser sends the form itself: a POST keeps the password out of the address.
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <FailureNote failure={failure} />
      <Field
        name="login"
        label={t('login')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        maxLength={254}
        ltr
      />
      <PasswordField
        ref={password}
        name="password"
        label={t('password')}
        autoComplete="current-password"
        required
      />
      <Button type="submit" tone="primary" size="lg" busy={busy} className="mt-1">
        {t('submit')}
      </Button>
      {demo && <DemoEntry busy={busy} onEnter={enterDemo} />}
      {registerPath && (
        <p className="text-center text-dim">
          {t('noAccount')}{' '}
          <Link
            href={registerPath}
            className="font-medium text-firuze-ink underline-offset-4 hover:underline coarse:inline-block coarse:py-3"
          >
            {t('register')}
          </Link>
        </p>
      )}
    </form>
  )
}

const DemoEntry = ({ busy, onEnter }: { busy: boolean; onEnter: () => void }) => {
  const t = useTranslations('auth.signIn')
  return (
    <div className="mt-2 grid gap-3 border-t pt-5">
      <p className="text-sm text-dim">{t('demoHint')}</p>
      <Button size="lg" disabled={busy} onClick={onEnter}>
        {t('demo')}
      </Button>
    </div>
  )
}
