'use client'

import { useQuery } from '@tanstack/react-query'
import { TriangleAlert, X } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { formatsOf } from '../../components/chat/time.ts'
import { alarmOf, type ChannelAlarm } from '../../components/settings/channel-alarm.ts'
import { channelName } from '../../components/settings/channel-name.ts'
import { cx } from '../../components/ui/cx.ts'
import { IconButton } from '../../components/ui/icon-button.tsx'
import { useTRPC } from '../_client/trpc.ts'
import { useNow } from './inbox/use-now.ts'
import { usePutAway } from './use-put-away.ts'
import { useRight } from './use-right.ts'

/** How long a channel that stopped may go unseen. */
const LOOK_MS = 60_000

const TONES = {
  stopped: 'border-anar-line bg-anar-tint text-anar-ink',
  ending: 'border-zaferan-line bg-zaferan-tint text-zaferan-ink',
} as const

/** Tells whoever can do something about it that a channel stands still or soon will, and leads to its doctor. */
export const ChannelBanner = () => {
  const isThere = usePathname().startsWith('/settings/channels')
  const canManage = useRight('manageChannels')
  const now = useNow()
  const { isPutAway, putAway } = usePutAway()
  const { data: channels = [] } = useQuery({
    ...useTRPC().channels.list.queryOptions(),
    enabled: canManage,
    refetchInterval: LOOK_MS,
  })
  const alarm = canManage && !isThere ? alarmOf(channels, now, isPutAway) : null
  return <div role="status">{alarm && <Alarm alarm={alarm} onClose={() => putAway(alarm.key)} />}</div>
}

const Alarm = ({ alarm, onClose }: { alarm: ChannelAlarm; onClose: () => void }) => {
  const t = useTranslations('shell.alarm')
  const { number } = formatsOf(useLocale())
  const { kind, channel, others, days } = alarm
  const name = channelName(channel)
  return (
    <div className={cx('flex items-center gap-x-2.5 border-b ps-4 pe-2 text-sm', TONES[kind])}>
      <TriangleAlert size={16} aria-hidden className="shrink-0" />
      <p className="flex min-w-0 flex-1 flex-wrap gap-x-2.5 gap-y-1 py-2">
        <span className="min-w-0">
          {kind === 'stopped'
            ? t('stopped', { name, others, shown: number(others) })
            : t('ending', { name, days, shown: number(days) })}
        </span>
        <Link
          href={`/settings/channels?channel=${channel.id}`}
          className="touch font-medium underline underline-offset-3"
        >
          {t('see')}
        </Link>
      </p>
      <IconButton label={t('close')} onClick={onClose} className="text-current">
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
