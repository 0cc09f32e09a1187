'use client'

import { RefreshCw } from 'lucide-react'
import { useFormatter, useNow, useTranslations } from 'next-intl'
import type { Channel } from '../../server/contract/channel.ts'
import type { ChannelHealth, Remedy } from '../../server/contract/channel-health.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.tsx'
import { channelName } from './channel-name.ts'
import { DoctorChecks, HealthBadge } from './doctor-checks.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props {
  channel: Channel
  health: ChannelHealth | null
  isLooking: boolean
  canManage: boolean
  busy: Remedy | null
  /** Whether something was just repaired. */
  isRepaired: boolean
  refusal: Refusal | null
  onLook: () => void
  onRemedy: (remedy: Remedy) => void
  onClose: () => void
}

/** How a channel is: what was looked at, what was found, and what helps. */
export const DoctorDialog = ({ channel, health, isLooking, refusal, onLook, onClose, ...rest }: Props) => {
  const t = useTranslations('settings.doctor')
  const common = useTranslations('settings')
  return (
    <Dialog
      open
      wide
      isForReading
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name: channelName(channel) })}
      closeLabel={common('close')}
    >
      <div className="grid gap-4">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
          <Verdict health={health} isLooking={isLooking} isRepaired={rest.isRepaired} />
          <Button size="sm" onClick={onLook} busy={isLooking} disabled={rest.busy !== null}>
            <RefreshCw size={15} aria-hidden />
            {t('again')}
          </Button>
        </div>
        <RefusalNote refusal={refusal} wordsLabel={t('said')} />
        {health ? <DoctorChecks checks={health.checks} {...rest} /> : isLooking && <ChecksLoading />}
        {health && health.state !== 'ok' && !rest.canManage && (
          <p className="text-sm text-dim">{t('askAdmin')}</p>
        )}
      </div>
    </Dialog>
  )
}

type VerdictOf = Pick<Props, 'health' | 'isLooking' | 'isRepaired'>

/** Mounted before it is needed, so that a screen reader hears what was found. */
const Verdict = ({ health, isLooking, isRepaired }: VerdictOf) => {
  const t = useTranslations('settings.doctor')
  const wrong = health?.checks.filter(({ state }) => state === 'broken' || state === 'warning').length ?? 0
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      {health && <HealthBadge state={health.state} />}
      <p role="status">
        {isLooking && !health && t('looking')}
        {!isLooking && health && `${isRepaired ? `${t('repaired')} ` : ''}${t('found', { count: wrong })}`}
      </p>
      {health && <CheckedAt at={health.checked_at} />}
    </div>
  )
}

const CheckedAt = ({ at }: { at: string }) => {
  const t = useTranslations('settings.doctor')
  const now = useNow({ updateInterval: 1_000 })
  const ago = useFormatter().relativeTime(new Date(Math.min(Date.parse(at), now.getTime())), now)
  return (
    <p className="text-dim">
      <time dateTime={at}>{t('checked', { ago })}</time>
    </p>
  )
}

const PLACES = ['a', 'b', 'c', 'd', 'e'] as const

const ChecksLoading = () => {
  const t = useTranslations('settings.doctor')
  return (
    <SkeletonGroup label={t('looking')} className="border-b">
      {PLACES.map((place) => (
        <div key={place} className="flex gap-3 border-t py-3">
          <Skeleton className="size-4.5 rounded-full!" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-3.5 w-36" />
            <Skeleton className="h-3 w-64 max-w-full" />
          </div>
        </div>
      ))}
    </SkeletonGroup>
  )
}
