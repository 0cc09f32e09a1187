'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import { rememberPreference } from '../settings/preferences.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { CodeForm } from './code-form.tsx'
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
  // Nothing is opened before the second step: until then the page itself keeps what was typed in the first.
  const [first, setFirst] = useState<Record<string, string> | null>(null)
  const tryFirst = async (fields: Record<string, string>) => {
    const result = await submit(fields)
    if (result.ok) return
    if (result.reason === 'code_wanted') setFirst(fields)
    else password.current?.select()
  }
  const trySecond = async (otp: string) => {
    const result = await submit({ ...first, otp })
    if (!result.ok && result.reason === 'credentials') setFirst(null)
  }
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    return tryFirst(readFields(event.currentTarget))
  }
  // The demo's account has a language of its own; a visitor goes on in the one they came in.
  const enterDemo = () => {
    rememberPreference('locale', locale)
    return demo && tryFirst(demo)
  }
  if (first) {
    const said = failure?.reason === 'code_wanted' ? null : failure
    return <CodeForm busy={busy} failure={said} onSubmit={trySecond} onBack={() => setFirst(null)} />
  }
  return (
    // Without a script the browser sends the form itself: a POST keeps the password out of the address.
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <FailureNote
        failure={failure?.reason === 'code_wrong' || failure?.reason === 'code_wanted' ? null : failure}
      />
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
