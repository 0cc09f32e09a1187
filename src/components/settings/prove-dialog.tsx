'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { PasswordField } from '../auth/password-field.tsx'
import { AskDialog } from '../ui/ask-dialog.tsx'
import type { ButtonTone } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'

type Proof = 'password' | 'code'

interface Props {
  title: string
  text: ReactNode
  /** What has to be typed before it is done. */
  asks: readonly Proof[]
  submit: string
  tone?: ButtonTone
  isBusy: boolean
  refusal: Refusal | null
  onProve: (proof: { password: string; code: string }) => void
  onClose: () => void
  /** What stands above the fields. */
  children?: ReactNode
}

/** Asks people to prove again that it is they. Where it asks for one thing after another, it stays the same sheet. */
export const ProveDialog = (props: Props) => {
  const common = useTranslations('settings')
  const form = useId()
  return (
    <AskDialog
      title={props.title}
      description={props.text}
      words={{ close: common('close'), cancel: common('cancel'), submit: props.submit }}
      tone={props.tone ?? 'primary'}
      isBusy={props.isBusy}
      onClose={props.onClose}
      submit={form}
    >
      <ProveForm key={props.asks.join()} {...props} id={form} />
    </AskDialog>
  )
}

const ProveForm = ({ asks, refusal, onProve, children, id }: Props & { id: string }) => {
  const [isTried, setIsTried] = useState(false)
  const [typed, setTyped] = useState({ password: '', code: '' })
  const errorOf = useProofError(isTried ? typed : null, refusal)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (asks.every((proof) => typed[proof].trim() !== '')) onProve(typed)
  }
  const fieldOf = (proof: Proof) => ({
    value: typed[proof],
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [proof]: event.target.value }),
    error: errorOf(proof),
    autoFocus: proof === asks[0],
  })
  return (
    <form id={id} noValidate onSubmit={onSubmit} className="grid gap-4">
      {children}
      {asks.includes('password') && <OwnPassword {...fieldOf('password')} />}
      {asks.includes('code') && <OwnCode {...fieldOf('code')} />}
      {asks.every((proof) => errorOf(proof) === null) && <RefusalNote refusal={refusal} />}
    </form>
  )
}

interface FieldProps {
  value: string
  onChange: (event: { target: { value: string } }) => void
  error: string | null
  autoFocus: boolean
}

const OwnPassword = (props: FieldProps) => {
  const t = useTranslations('settings.prove')
  return <PasswordField {...props} label={t('password')} autoComplete="current-password" maxLength={512} />
}

const OwnCode = (props: FieldProps) => {
  const t = useTranslations('settings.prove')
  return (
    <Field
      {...props}
      label={t('code')}
      help={t('codeHelp')}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={100}
      ltr
    />
  )
}

/** Which of the two was refused: the server says forbidden of the password and invalid of the code. */
const useProofError = (tried: Record<Proof, string> | null, refusal: Refusal | null) => {
  const t = useTranslations('settings.prove')
  return (proof: Proof): string | null => {
    if (tried && tried[proof].trim() === '') return t(`${proof}Missing`)
    const code = proof === 'password' ? 'forbidden' : 'invalid_input'
    return refusal?.code === code ? t(`${proof}Wrong`) : null
  }
}
