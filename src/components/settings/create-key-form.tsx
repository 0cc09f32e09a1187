'use client'

import { CircleAlert } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { CreateApiKey, type KeyScope } from '../../server/contract/account.ts'
import { formatsOf } from '../chat/time.ts'
import { Field } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { FormDialog } from './form-dialog.tsx'
import { SCOPE_ICONS, SCOPES } from './key-row.tsx'
import type { Refusal } from './refusal.tsx'

interface Props {
  scopes: readonly KeyScope[]
  onClose: () => void
  onCreate: (key: CreateApiKey) => void
  isBusy: boolean
  refusal: Refusal | null
}

const MAX_NAME = 100
const DAY_MS = 24 * 60 * 60_000
const EXPIRIES = ['never', '30', '90', '365'] as const
type Expiry = (typeof EXPIRIES)[number]

export const CreateKeyForm = ({ scopes: initial, onClose, onCreate, isBusy, refusal }: Props) => {
  const t = useTranslations('settings.createKey')
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState(initial)
  const [expiry, setExpiry] = useState<Expiry>('never')
  const [isTried, setIsTried] = useState(false)
  const nameFault = name.trim() === '' ? t('nameMissing') : t('nameTooLong', { max: MAX_NAME })
  const isNamed = CreateApiKey.shape.name.safeParse(name).success
  const onSubmit = () => {
    setIsTried(true)
    if (isNamed && scopes.length > 0)
      onCreate({ name, scopes: [...scopes], expires_at: instantOf(expiry)?.toISOString() ?? null })
  }
  return (
    <FormDialog
      title={t('title')}
      onClose={onClose}
      onSubmit={onSubmit}
      submit={isBusy ? t('submitting') : t('submit')}
      isBusy={isBusy}
      noValidate
      gap="gap-5"
      refusal={refusal}
      sentences={{ forbidden: t('failures.forbidden') }}
    >
      <Field
        label={t('name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        placeholder={t('namePlaceholder')}
        autoComplete="off"
        autoFocus
        help={t('nameHelp')}
        error={isTried && !isNamed ? nameFault : null}
      />
      <Scopes chosen={scopes} isMissing={isTried && scopes.length === 0} onChange={setScopes} />
      <ExpiryChoice expiry={expiry} onChange={setExpiry} />
    </FormDialog>
  )
}

interface ScopesProps {
  chosen: readonly KeyScope[]
  isMissing: boolean
  onChange: (scopes: readonly KeyScope[]) => void
}

const Scopes = ({ chosen, isMissing, onChange }: ScopesProps) => {
  const t = useTranslations('settings.createKey')
  const id = useId()
  return (
    <fieldset aria-describedby={isMissing ? id : undefined}>
      <legend className="mb-1.5 text-sm font-medium text-dim">{t('scopes')}</legend>
      <div className="divide-y rounded-control border border-edge/60">
        {SCOPES.map((scope) => (
          <ScopeChoice
            key={scope}
            scope={scope}
            isOn={chosen.includes(scope)}
            onChange={(isOn) => onChange(isOn ? [...chosen, scope] : chosen.filter((one) => one !== scope))}
          />
        ))}
      </div>
      {isMissing && (
        <p id={id} role="alert" className="mt-1.5 flex items-center gap-1.5 text-sm text-anar-ink">
          <CircleAlert aria-hidden size={15} />
          {t('scopesMissing')}
        </p>
      )}
    </fieldset>
  )
}

interface ScopeProps {
  scope: KeyScope
  isOn: boolean
  onChange: (isOn: boolean) => void
}

const ScopeChoice = ({ scope, isOn, onChange }: ScopeProps) => {
  const t = useTranslations('settings')
  const id = useId()
  const Icon = SCOPE_ICONS[scope]
  return (
    <label htmlFor={id} className="flex cursor-pointer items-start gap-3 px-3 py-2.5 hover:bg-hover">
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-1.25 size-4 shrink-0"
      />
      <span className="min-w-0 flex-1">
        <span id={`${id}-name`} className="flex items-center gap-1.5 font-medium">
          <Icon aria-hidden size={15} className="text-dim" />
          {t(`keys.scopes.${scope}`)}
        </span>
        <span id={`${id}-hint`} className="block text-sm text-dim">
          {t(`createKey.scopeHints.${scope}`)}
        </span>
      </span>
    </label>
  )
}

const ExpiryChoice = ({ expiry, onChange }: { expiry: Expiry; onChange: (expiry: Expiry) => void }) => {
  const t = useTranslations('settings.createKey')
  const { date } = formatsOf(useLocale())
  const until = instantOf(expiry)
  return (
    <div className="grid gap-1.5">
      <span className="text-sm font-medium text-dim">{t('expiry')}</span>
      <Segmented
        label={t('expiry')}
        value={expiry}
        onChange={onChange}
        options={EXPIRIES.map((value) => ({ value, label: t(`expiries.${value}`) }))}
        className="*:flex-auto max-pane:*:px-2"
      />
      <p aria-live="polite" className="text-xs text-dim">
        {until ? t('expiresOn', { date: date(until.toISOString()) }) : t('neverHint')}
      </p>
    </div>
  )
}

const instantOf = (expiry: Expiry): Date | null =>
  expiry === 'never' ? null : new Date(Date.now() + Number(expiry) * DAY_MS)
