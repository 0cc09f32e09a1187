'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { MIN_PASSWORD } from '../../server/contract/password.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FailureNote } from './failure-note.tsx'
import { PasswordField } from './password-field.tsx'
import { checkRegister, type FieldProblems, REGISTER_FIELDS, refusedFields } from './register-fields.ts'
import { readFields, useAuthForm } from './use-auth-form.ts'

interface Props {
  /** A path of ours, already checked. */
  next: string
  loginPath: string
  /** Makes the instance's administrator, by the code that the start printed. */
  isSetup?: boolean
}

export const RegisterForm = ({ next, loginPath, isSetup = false }: Props) => {
  const t = useTranslations('auth.register')
  const { busy, failure, submit } = useAuthForm('register', next, null)
  const [problems, setProblems] = useState<FieldProblems>({})
  const refused = refusedFields(failure)
  const error = useFieldError({ ...refused, ...problems })
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const found = checkRegister(readFields(form))
    setProblems(found)
    if (Object.keys(found).length > 0) return focusFirst(form, found)
    await submit(readFields(form))
  }
  return (
    <form method="post" noValidate onSubmit={onSubmit} className="grid gap-4">
      <FailureNote failure={Object.keys(refused).length > 0 ? null : failure} />
      {isSetup && <SetupCode error={error('setup_code')} />}
      <div className="grid gap-4 min-[420px]:grid-cols-2">
        <Field
          name="first_name"
          label={t('firstName')}
          autoComplete="given-name"
          autoFocus={!isSetup}
          error={error('first_name')}
        />
        <Field name="last_name" label={t('lastName')} autoComplete="family-name" error={error('last_name')} />
      </div>
      <Field
        name="email"
        type="email"
        label={t('email')}
        autoComplete="email"
        ltr
        required
        error={error('email')}
      />
      <Field
        name="username"
        label={t('username')}
        help={t('usernameHint')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        ltr
        required
        error={error('username')}
      />
      <PasswordField
        name="password"
        label={t('password')}
        help={t('passwordHint', { min: MIN_PASSWORD })}
        autoComplete="new-password"
        required
        error={error('password')}
      />
      <Button type="submit" tone="primary" size="lg" busy={busy} className="mt-1">
        {t('submit')}
      </Button>
      <p className="text-center text-dim">
        {t('haveAccount')}{' '}
        <Link
          href={loginPath}
          className="font-medium text-firuze-ink underline-offset-4 hover:underline coarse:inline-block coarse:py-3"
        >
          {t('signIn')}
        </Link>
      </p>
    </form>
  )
}

const SetupCode = ({ error }: { error: string | null }) => {
  const t = useTranslations('auth.setup')
  return (
    <Field
      name="setup_code"
      label={t('code')}
      help={t('codeHelp')}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={100}
      autoFocus
      ltr
      required
      error={error}
    />
  )
}

const useFieldError = (problems: FieldProblems) => {
  const t = useTranslations('auth.fields')
  return (name: keyof FieldProblems) => {
    const problem = problems[name]
    return problem ? t(problem, { min: MIN_PASSWORD }) : null
  }
}

const focusFirst = (form: HTMLFormElement, problems: FieldProblems) => {
  const first = REGISTER_FIELDS.find((name) => problems[name])
  const field = first && form.elements.namedItem(first)
  if (field instanceof HTMLElement) field.focus()
}
