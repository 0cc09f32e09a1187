'use client'

import { Camera, CircleAlert, CircleCheck, CircleDashed, Globe, Send } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { Channel } from '../../server/contract/channel.ts'
import type { ChannelHealth } from '../../server/contract/channel-health.ts'
import { formatsOf } from '../chat/time.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { Name } from '../ui/name.tsx'
import { HealthBadge } from './doctor-checks.tsx'
import { InstagramAccess } from './instagram-access.tsx'
import { ForeignWords } from './refusal.tsx'

interface Props {
  channel: Channel
  /** Null while nobody knows. */
  health: ChannelHealth | null
  /** Whether this person may connect and disconnect. */
  canManage: boolean
  now: number
  onReconnect: () => void
  onHumanAgent: (isOn: boolean) => void
  onExamine: () => void
  onSettings: () => void
  onDisconnect: () => void
}

export const ChannelRow = ({
  channel,
  health,
  canManage,
  now,
  onReconnect,
  onHumanAgent,
  onExamine,
  onSettings,
  onDisconnect,
}: Props) => {
  const t = useTranslations('settings.channels')
  const website = useTranslations('settings.website')
  const { date } = formatsOf(useLocale())
  const state = stateOf(channel)
  const { source } = channel
  return (
    <li className="py-3.5">
      <div className="flex flex-wrap items-center gap-x-3.5 gap-y-2">
        <SourceMark source={channel.source} />
        <div className="min-w-40 flex-1">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <Name className="font-medium">{channel.name}</Name>
            {state === 'connected' && health ? (
              <HealthBadge state={health.state} />
            ) : (
              <StateBadge state={state} />
            )}
          </p>
          <p className="text-sm text-dim">
            {channel.username ? (
              <bdi className="ltr">@{channel.username}</bdi>
            ) : (
              t(`sources.${channel.source}`)
            )}
            {' · '}
            {t('since', { date: date(channel.createdAt) })}
          </p>
        </div>
        <span className="flex flex-wrap gap-2 max-pane:w-full max-pane:ps-14">
          <Button aria-label={t('examineNamed', { name: channel.name })} onClick={onExamine}>
            {t('examine')}
          </Button>
          {canManage && (
            <>
              {state !== 'connected' && (source === 'telegram' || source === 'instagram') && (
                <Button tone="primary" onClick={onReconnect}>
                  {t('reconnect')}
                </Button>
              )}
              {channel.source === 'website' && (
                <Button aria-label={website('settingsNamed', { name: channel.name })} onClick={onSettings}>
                  {website('settings')}
                </Button>
              )}
              <Button
                tone="plain"
                aria-label={t('disconnectNamed', { name: channel.name })}
                onClick={onDisconnect}
              >
                {t('disconnect')}
              </Button>
            </>
          )}
        </span>
      </div>
      {source === 'instagram' && (
        <InstagramAccess channel={channel} now={now} canManage={canManage} onHumanAgent={onHumanAgent} />
      )}
      {channel.stoppedReason && <StoppedNote reason={channel.stoppedReason} />}
    </li>
  )
}

type ChannelState = 'connected' | 'stopped' | 'disconnected'

const stateOf = ({ isConnect, stoppedReason }: Channel): ChannelState => {
  if (stoppedReason !== null) return 'stopped'
  return isConnect ? 'connected' : 'disconnected'
}

const STATES = {
  connected: { tone: 'firuze', Icon: CircleCheck },
  stopped: { tone: 'anar', Icon: CircleAlert },
  disconnected: { tone: 'neutral', Icon: CircleDashed },
} as const

const StateBadge = ({ state }: { state: ChannelState }) => {
  const t = useTranslations('settings.channels.states')
  const { tone, Icon } = STATES[state]
  return (
    <Badge tone={tone} icon={<Icon size={13} aria-hidden />}>
      {t(state)}
    </Badge>
  )
}

const StoppedNote = ({ reason }: { reason: string }) => {
  const t = useTranslations('settings.channels')
  return (
    <div className="mt-2.5 rounded-control border border-anar-line bg-anar-tint px-3 py-2 text-sm">
      <p>
        <span className="text-anar-ink">{t('stopped')}</span> <ForeignWords>{reason}</ForeignWords>
      </p>
      <p className="text-dim">{t('stoppedHelp')}</p>
    </div>
  )
}

const SOURCES = {
  telegram: { Icon: Send, colour: 'bg-telegram' },
  instagram: { Icon: Camera, colour: 'bg-instagram' },
  website: { Icon: Globe, colour: 'bg-website' },
  unknown: { Icon: CircleDashed, colour: 'bg-website' },
} as const

const SourceMark = ({ source }: { source: Channel['source'] }) => {
  const { Icon, colour } = SOURCES[source]
  return (
    <span
      aria-hidden
      className={cx('grid size-10.5 shrink-0 place-items-center rounded-full text-white', colour)}
    >
      <Icon size={19} />
    </span>
  )
}
