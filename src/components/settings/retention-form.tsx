'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useState } from 'react'
import { MAX_RETENTION_DAYS, MIN_RETENTION_DAYS } from '../../server/contract/retention.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props {
  /** What holds now; null: for ever. */
  stored: number | null
  days: number | null
  canSave: boolean
  isBusy: boolean
  refusal: Refusal | null
  onChange: (days: number | null) => void
  onSave: () => void
  /** What it would do. */
  children: ReactNode
}

const FIRST = 365

/** For ever, or for so many days; saved once it was seen what goes. */
export const RetentionForm = ({
  stored,
  days,
  canSave,
  isBusy,
  refusal,
  onChange,
  onSave,
  children,
}: Props) => {
  const t = useTranslations('settings.data')
  const [typed, setTyped] = useState(String(stored ?? FIRST))
  const isWrong = days !== null && (days < MIN_RETENTION_DAYS || days > MAX_RETENTION_DAYS)
  const type = (text: string) => {
    const digits = toLatinDigits(text).replace(/\D/g, '').slice(0, 5)
    setTyped(digits)
    onChange(Number(digits))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (canSave && !isWrong) onSave()
  }
  return (
    <form onSubmit={submit} className="grid gap-5">
      <Segmented
        label={t('keep')}
        value={days === null ? 'ever' : 'days'}
        onChange={(value) => onChange(value === 'ever' ? null : Number(typed))}
        options={[
          { value: 'ever', label: t('ever') },
          { value: 'days', label: t('limited') },
        ]}
        className="justify-self-start"
      />
      {days !== null && (
        <Field
          label={t('days')}
          className="max-w-72"
          inputMode="numeric"
          ltr
          value={typed}
          help={t('daysHelp', { min: MIN_RETENTION_DAYS })}
          error={isWrong ? t('daysWrong', { min: MIN_RETENTION_DAYS, max: MAX_RETENTION_DAYS }) : null}
          onChange={(event) => type(event.target.value)}
        />
      )}
      {children}
      <RefusalNote refusal={refusal} />
      <div>
        <Button
          type="submit"
          tone={days === null ? 'primary' : 'danger'}
          busy={isBusy}
          disabled={!canSave || isWrong}
        >
          {days === null ? t('saveEver') : t('saveDays', { days })}
        </Button>
      </div>
    </form>
  )
}

/** Persian and Arabic keyboards have digits of their own. */
const toLatinDigits = (text: string) =>
  text.replace(/[۰-۹٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) % 16))
