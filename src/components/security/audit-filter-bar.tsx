'use client'

import { ChevronDown, Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import type { Member } from '../../server/contract/account.ts'
import { AuditAction } from '../../server/contract/audit.ts'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { displayLine } from '../ui/display-text.ts'
import { INPUT } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { AUDIT_SPANS, type AuditChoice, dashed } from './audit-choice.ts'

interface Props {
  choice: AuditChoice
  people: readonly Pick<Member, 'userId' | 'name'>[]
  /** True for whoever runs the instance, which has a log of its own. */
  hasInstance: boolean
  isDownloading: boolean
  onChoose: (change: Partial<AuditChoice>) => void
  onDownload: () => void
}

/** Which part of the log, by whom, since when; and the same as a file. */
export const AuditFilterBar = (props: Props) => {
  const t = useTranslations('audit')
  const { choice, people, hasInstance, onChoose } = props
  const actions = AuditAction.options
    .map((action) => ({ value: action, label: t(`actions.${dashed(action)}`) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <div className="mb-5 grid gap-3">
      {hasInstance && (
        <Segmented
          label={t('scope')}
          value={choice.scope}
          onChange={(scope) => onChoose({ scope })}
          options={[
            { value: 'workspace', label: t('scopes.workspace') },
            { value: 'instance', label: t('scopes.instance') },
          ]}
          className="justify-self-start"
        />
      )}
      <div className="flex flex-wrap items-end gap-3">
        <Choice label={t('action')} value={choice.action} onChange={(action) => onChoose({ action })}>
          <option value="">{t('anyAction')}</option>
          {actions.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Choice>
        <Choice label={t('person')} value={choice.person} onChange={(person) => onChoose({ person })}>
          <option value="">{t('anybody')}</option>
          {people.map(({ userId, name }) => (
            <option key={userId} value={userId}>
              {displayLine(name)}
            </option>
          ))}
        </Choice>
        <div className="grid gap-1.5 max-pane:w-full">
          <span aria-hidden className="text-sm font-medium text-dim">
            {t('span')}
          </span>
          <Segmented
            label={t('span')}
            value={choice.span}
            onChange={(span) => onChoose({ span })}
            options={AUDIT_SPANS.map((span) => ({ value: span, label: t(`spans.${span}`) }))}
          />
        </div>
        <Button busy={props.isDownloading} onClick={props.onDownload} className="ms-auto h-9.5!">
          <Download aria-hidden size={16} />
          {t('download')}
        </Button>
      </div>
    </div>
  )
}

interface ChoiceProps {
  label: string
  value: string
  onChange: (value: string) => void
  children: ReactNode
}

const Choice = ({ label, value, onChange, children }: ChoiceProps) => {
  const id = useId()
  return (
    <div className="grid min-w-44 flex-1 gap-1.5 pane:max-w-60">
      <label htmlFor={id} className="text-sm font-medium text-dim">
        {label}
      </label>
      <span className="relative grid">
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={cx(INPUT, 'h-9.5 appearance-none truncate border-edge/60 pe-9 coarse:h-11')}
        >
          {children}
        </select>
        <ChevronDown
          aria-hidden
          size={16}
          className="pointer-events-none absolute inset-e-3 inset-bs-0 h-full text-dim"
        />
      </span>
    </div>
  )
}
