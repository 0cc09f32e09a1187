'use client'

import { useFormatter, useNow, useTranslations } from 'next-intl'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { Name } from '../ui/name.tsx'
import { useDeviceName } from '../ui/use-device-name.ts'
import type { ShownConnection } from './held-connections.ts'
import { LagMeter } from './lag-meter.tsx'

const TICK_MS = 10_000

interface Props {
  connection: ShownConnection
  onEnd: () => void
}

/** One open socket: whose, what it shows, from where, for how long, and how well its reader keeps up. */
export const ConnectionRow = ({ connection, onEnd }: Props) => {
  const t = useTranslations('connections')
  const { user, isOwn, isGone } = connection
  return (
    <li
      className={cx(
        'flex flex-wrap items-start gap-x-3.5 gap-y-2 py-3.5 transition-opacity duration-120',
        isGone && 'opacity-50',
      )}
    >
      <span className="max-pane:hidden">
        <Avatar name={user.name} seed={user.id} />
      </span>
      <div className="grid min-w-50 flex-1 gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Name className="font-medium wrap-anywhere">{user.name}</Name>
          {isOwn && <Badge tone="firuze">{t('own')}</Badge>}
          {isGone && <Badge>{t('gone')}</Badge>}
        </p>
        <p className="wrap-anywhere">
          <Shows connection={connection} />
        </p>
        <Origin connection={connection} />
      </div>
      <div className="grid w-36 gap-1 text-sm text-dim max-pane:order-last max-pane:w-full max-pane:grid-cols-2">
        <Age openedAt={connection.openedAt} />
        <LagMeter bytes={connection.lagBytes} />
      </div>
      <Button disabled={isGone || isOwn} aria-label={t('endNamed', { name: user.name })} onClick={onEnd}>
        {t('end')}
      </Button>
    </li>
  )
}

const Shows = ({ connection: { kind, conversation } }: { connection: ShownConnection }) => {
  const t = useTranslations('connections')
  if (kind !== 'raw-chat' || !conversation) return t(`kinds.${kind}`)
  return t.rich('chatWith', { name: () => <bdi>{conversation.customer || conversation.id}</bdi> })
}

const Origin = ({ connection }: { connection: ShownConnection }) => {
  const { address, device, node, workspaces } = connection
  const parts = [useDeviceName()(device), address, ...(workspaces ?? []), node].filter((part) => part)
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-dim">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what stands in a place of this line changes, its place does not.
        <span key={index} className="inline-flex gap-2">
          <bdi className="wrap-anywhere">{part}</bdi>
          {index < parts.length - 1 && <span aria-hidden>·</span>}
        </span>
      ))}
    </p>
  )
}

const Age = ({ openedAt }: { openedAt: string }) => {
  const t = useTranslations('connections')
  const format = useFormatter()
  const now = useNow({ updateInterval: TICK_MS })
  const at = new Date(openedAt)
  // The clocks of a browser and of a server need not agree.
  const since = format.relativeTime(at > now ? now : at, now)
  return (
    <span title={format.dateTime(at, { dateStyle: 'medium', timeStyle: 'medium' })}>
      {t('since', { since })}
    </span>
  )
}
