import { ArrowRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Formats } from '../chat/time.ts'
import { displayLine } from '../ui/display-text.ts'
import { changesOf } from './audit-changes.ts'

interface Props {
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  formats: Formats
}

/** What a deed changed, a line each: what it was, and what it became. */
export const AuditDifference = ({ before, after, formats }: Props) => {
  const t = useTranslations('audit')
  const changes = changesOf(before, after)
  if (changes.length === 0) return null
  return (
    <dl className="mt-1 grid justify-start gap-x-3 gap-y-0.5 text-sm pane:grid-cols-[auto_1fr]">
      {changes.map(({ key, from, to }) => (
        <div key={key} className="contents">
          <dt className="text-dim">{nameOf(t, key)}</dt>
          <dd className="flex flex-wrap items-center gap-1.5">
            {from !== undefined && (
              <del className="text-dim line-through">
                <Value name={key} value={from} formats={formats} />
              </del>
            )}
            {from !== undefined && to !== undefined && (
              <ArrowRight aria-hidden size={13} className="mirror text-dim" />
            )}
            {to !== undefined && (
              <ins className="no-underline">
                <Value name={key} value={to} formats={formats} />
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

type Words = ReturnType<typeof useTranslations<'audit'>>

/** A key's name where it has one: details of deeds are not a closed list. */
const nameOf = (t: Words, key: string) => {
  const named = `keys.${key}` as Parameters<Words>[0]
  return t.has(named) ? t(named as 'keys.role') : key
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
const SCOPES = ['read', 'messages', 'ai'] as const
const ROLES = ['owner', 'admin', 'agent'] as const

const Value = ({ name, value, formats }: { name: string; value: unknown; formats: Formats }) => {
  const t = useTranslations('audit.values')
  const keys = useTranslations('settings.keys.scopes')
  const roles = useTranslations('settings.people.roles')
  if (name === 'days' && value === null) return t('ever')
  if (name === 'expires_at' && value === null) return t('never')
  if (value === null || value === '') return t('none')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'number') return formats.number(value)
  const role = ROLES.find((one) => one === value)
  if (role) return roles(role)
  if (typeof value === 'string' && INSTANT.test(value)) return formats.full(value)
  const scopes = SCOPES.filter((scope) => name === 'scopes' && Array.isArray(value) && value.includes(scope))
  if (scopes.length > 0) return scopes.map((scope) => keys(scope)).join(' · ')
  const text =
    typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : JSON.stringify(value)
  return <bdi className="wrap-anywhere">{displayLine(text)}</bdi>
}
