'use client'

import { Bot, CircleAlert, Eye, KeyRound, PenLine } from 'lucide-react'
import { useFormatter, useLocale, useNow, useTranslations } from 'next-intl'
import type { ApiKey, KeyScope } from '../../server/contract/account.ts'
import { formatsOf } from '../chat/time.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Name } from '../ui/name.tsx'

export const SCOPE_ICONS = { read: Eye, messages: PenLine, ai: Bot } as const satisfies Record<
  KeyScope,
  unknown
>

/** From the one that can do least to the one that speaks by itself. */
export const SCOPES = ['read', 'messages', 'ai'] as const satisfies readonly KeyScope[]

const JUST_NOW_MS = 60_000
const TICK_MS = 30_000

/** One key: what it may do, and when it was made, used, and ends. Its secret is not among it. */
export const KeyRow = ({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) => {
  const t = useTranslations('settings.keys')
  const { name, prefix, scopes } = apiKey
  const now = useNow().getTime()
  const isExpired = apiKey.expires_at !== null && Date.parse(apiKey.expires_at) <= now
  return (
    <li className="flex flex-wrap items-start gap-x-3.5 gap-y-2 py-3.5">
      <span
        aria-hidden
        className="grid size-10.5 shrink-0 place-items-center rounded-full bg-hover text-dim max-pane:hidden"
      >
        <KeyRound size={18} strokeWidth={1.75} />
      </span>
      <div className="grid min-w-50 flex-1 gap-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Name className="font-medium wrap-anywhere">{name}</Name>
          <code className="ltr font-mono text-sm text-dim">{prefix}…</code>
          {isExpired && (
            <Badge tone="anar" icon={<CircleAlert size={13} aria-hidden />}>
              {t('expired')}
            </Badge>
          )}
        </p>
        <p className="flex flex-wrap gap-1.5">
          {SCOPES.filter((scope) => scopes.includes(scope)).map((scope) => (
            <Scope key={scope} scope={scope} />
          ))}
        </p>
        <Times apiKey={apiKey} isExpired={isExpired} />
      </div>
      <Button aria-label={t('revokeNamed', { name })} onClick={onRevoke}>
        {t('revoke')}
      </Button>
    </li>
  )
}

const Scope = ({ scope }: { scope: KeyScope }) => {
  const t = useTranslations('settings.keys.scopes')
  const Icon = SCOPE_ICONS[scope]
  return (
    <Badge tone={scope === 'ai' ? 'firuze' : 'neutral'} icon={<Icon size={13} aria-hidden />}>
      {t(scope)}
    </Badge>
  )
}

const Times = ({ apiKey, isExpired }: { apiKey: ApiKey; isExpired: boolean }) => {
  const t = useTranslations('settings.keys')
  const format = useFormatter()
  const now = useNow({ updateInterval: TICK_MS })
  const { created_at, expires_at, last_used_at } = apiKey
  const { date } = formatsOf(useLocale())
  const used = () => {
    if (last_used_at === null) return t('unused')
    const at = new Date(last_used_at)
    if (now.getTime() - at.getTime() < JUST_NOW_MS) return t('usedNow')
    return t('used', { ago: format.relativeTime(at, now) })
  }
  const ends = expires_at !== null && t(isExpired ? 'expiredOn' : 'expires', { date: date(expires_at) })
  return (
    <p className="text-sm text-dim">
      {[t('created', { date: date(created_at) }), ends, used()].filter(Boolean).join(' · ')}
    </p>
  )
}
