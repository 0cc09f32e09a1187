'use client'

import { Monitor, Smartphone, Tablet, Terminal } from 'lucide-react'
import { useFormatter, useLocale, useNow, useTranslations } from 'next-intl'
import type { AccountSession, Device } from '../../server/contract/session.ts'
import { formatsOf } from '../chat/time.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { isolated } from '../ui/display-text.ts'
import { useDeviceName } from '../ui/use-device-name.ts'

const ICONS = {
  desktop: Monitor,
  phone: Smartphone,
  tablet: Tablet,
  program: Terminal,
} as const satisfies Record<Device['form'], unknown>

// The last use of a session is written down once a minute.
const NOW_MS = 2 * 60_000
const TICK_MS = 30_000

interface Props {
  session: AccountSession
  isBusy: boolean
  onEnd: () => void
}

/** One place where the person is signed in. */
export const SessionRow = ({ session, isBusy, onEnd }: Props) => {
  const t = useTranslations('account.sessions')
  const name = useDeviceName()(session.device)
  const Icon = ICONS[session.device.form]
  return (
    <li className="flex flex-wrap items-center gap-x-3.5 gap-y-2 py-3.5">
      <span
        aria-hidden
        className="grid size-10.5 shrink-0 place-items-center rounded-full bg-hover text-dim max-pane:hidden"
      >
        <Icon size={18} strokeWidth={1.75} />
      </span>
      <div className="grid min-w-50 flex-1 gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <bdi title={session.userAgent} className="font-medium wrap-anywhere">
            {name}
          </bdi>
          {session.isThis && <Badge tone="firuze">{t('this')}</Badge>}
          <Badge>{t(`kinds.${session.kind}`)}</Badge>
        </p>
        <Whence session={session} />
      </div>
      {!session.isThis && (
        <Button aria-label={t('endNamed', { name: isolated(name) })} busy={isBusy} onClick={onEnd}>
          {t('end')}
        </Button>
      )}
    </li>
  )
}

const Whence = ({ session }: { session: AccountSession }) => {
  const t = useTranslations('account.sessions')
  const format = useFormatter()
  const now = useNow({ updateInterval: TICK_MS })
  const seen = new Date(session.lastSeenAt)
  const isNow = session.isThis || now.getTime() - seen.getTime() < NOW_MS
  const formats = formatsOf(useLocale())
  return (
    <p className="text-sm text-dim">
      {session.address ? <bdi className="ltr">{session.address}</bdi> : t('addressUnknown')}
      {' · '}
      {isNow ? t('now') : t('seen', { ago: format.relativeTime(seen, now) })}
      {' · '}
      {t('since', { date: formats.date(session.createdAt), time: formats.clock(session.createdAt) })}
    </p>
  )
}
