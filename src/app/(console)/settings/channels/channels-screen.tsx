'use client'

import { useQuery } from '@tanstack/react-query'
import { Plug, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { ChannelRow } from '../../../../components/settings/channel-row.tsx'
import { ConnectInstagramDialog } from '../../../../components/settings/connect-instagram-dialog.tsx'
import { ConnectTelegramDialog } from '../../../../components/settings/connect-telegram-dialog.tsx'
import { ConnectWebsiteDialog } from '../../../../components/settings/connect-website-dialog.tsx'
import { DisconnectDialog } from '../../../../components/settings/disconnect-dialog.tsx'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { Rows, Section } from '../../../../components/settings/section.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import type { Channel } from '../../../../server/contract/channel.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { useNow } from '../../inbox/use-now.ts'
import { useRight } from '../../use-right.ts'
import { Doctor } from './doctor.tsx'
import { type ChannelAct, useChannelActs } from './use-channel-acts.tsx'
import { useHealth } from './use-doctor.ts'
import { WebsiteSettings } from './website-settings.tsx'

/** `examined` is the channel whose doctor is opened at once. */
export const ChannelsScreen = ({ examined }: { examined: number | null }) => {
  const t = useTranslations('settings.channels')
  const acts = useChannelActs(examined)
  const canManage = useRight('manageChannels')
  const { open } = acts
  return (
    <Section title={t('title')} text={t('text')} action={canManage && <ConnectButtons open={open} />}>
      <DoneNote>{acts.done}</DoneNote>
      <ChannelList canManage={canManage} acts={acts} />
      <ActDialogs acts={acts} />
      <ChannelDoctor acts={acts} canManage={canManage} />
    </Section>
  )
}

const ConnectButtons = ({ open }: { open: (act: ChannelAct) => void }) => {
  const t = useTranslations('settings')
  return (
    <span className="flex flex-wrap gap-2">
      <Button onClick={() => open({ kind: 'addWebsite' })}>
        <Plus size={17} aria-hidden />
        {t('website.connect')}
      </Button>
      <Button onClick={() => open({ kind: 'connect', source: 'instagram', again: null })}>
        <Plus size={17} aria-hidden />
        {t('channels.connectInstagram')}
      </Button>
      <Button tone="primary" onClick={() => open({ kind: 'connect', source: 'telegram', again: null })}>
        <Plus size={17} aria-hidden />
        {t('channels.connect')}
      </Button>
    </span>
  )
}

const ChannelList = ({
  canManage,
  acts,
}: {
  canManage: boolean
  acts: ReturnType<typeof useChannelActs>
}) => {
  const now = useNow()
  const t = useTranslations('settings.channels')
  const { data: channels, isError, refetch } = useQuery(useTRPC().channels.list.queryOptions())
  if (!channels) {
    if (!isError) return <ListLoading />
    return <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
  }
  if (channels.length === 0) {
    return (
      <EmptyState icon={<Plug size={24} />} title={t('empty.title')} className="border-y">
        {t('empty.text')}
      </EmptyState>
    )
  }
  return (
    <Rows label={t('list')}>
      {channels.map((channel: Channel) => (
        <ExaminedRow
          key={channel.id}
          channel={channel}
          canManage={canManage}
          now={now}
          onReconnect={() => acts.open(connectAgain(channel))}
          onHumanAgent={(isOn) => acts.setHumanAgent(channel, isOn)}
          onExamine={() => acts.open({ kind: 'examine', channelId: channel.id })}
          onSettings={() => acts.open({ kind: 'website', channel })}
          onDisconnect={() => acts.open({ kind: 'disconnect', channel })}
        />
      ))}
    </Rows>
  )
}

const ExaminedRow = (props: Omit<ComponentProps<typeof ChannelRow>, 'health'>) => (
  <ChannelRow {...props} health={useHealth(props.channel.id)} />
)

const ChannelDoctor = ({ acts, canManage }: { acts: Acts; canManage: boolean }) => {
  const { act, open, close } = acts
  const { data: channels = [] } = useQuery(useTRPC().channels.list.queryOptions())
  if (act?.kind !== 'examine') return null
  const channel = channels.find(({ id }) => id === act.channelId)
  if (!channel) return null
  return (
    <Doctor
      channel={channel}
      canManage={canManage}
      onReconnect={() => open(connectAgain(channel))}
      onSettings={() => open({ kind: 'website', channel })}
      onClose={close}
    />
  )
}

const connectAgain = (channel: Channel): ChannelAct => ({
  kind: 'connect',
  source: channel.source === 'instagram' ? 'instagram' : 'telegram',
  again: channel,
})

type Acts = ReturnType<typeof useChannelActs>

const ActDialogs = ({ acts }: { acts: ReturnType<typeof useChannelActs> }) => {
  const { act, close, connect, disconnect } = acts
  const setup = useQuery({
    ...useTRPC().channels.instagramSetup.queryOptions(),
    enabled: act?.kind === 'connect' && act.source === 'instagram',
  })
  if (act?.kind === 'connect' && act.source === 'instagram') {
    const { run, isBusy, refusal } = acts.connectInstagram
    return (
      <ConnectInstagramDialog
        again={act.again}
        setup={setup.data ?? null}
        onClose={close}
        onConnect={run}
        isBusy={isBusy}
        refusal={refusal}
      />
    )
  }
  if (act?.kind === 'connect') {
    return (
      <ConnectTelegramDialog
        again={act.again}
        onClose={close}
        onConnect={connect.run}
        isBusy={connect.isBusy}
        refusal={connect.refusal}
      />
    )
  }
  if (act?.kind === 'addWebsite') {
    const { run, ...how } = acts.addWebsite
    return <ConnectWebsiteDialog onClose={close} onConnect={run} {...how} />
  }
  if (act?.kind === 'website')
    return <WebsiteSettings channel={act.channel} onClose={close} onSaved={acts.onWebsiteSaved} />
  if (act?.kind !== 'disconnect') return null
  return (
    <DisconnectDialog
      channel={act.channel}
      onClose={close}
      onConfirm={() => disconnect.run(act.channel)}
      isBusy={disconnect.isBusy}
      refusal={disconnect.refusal}
    />
  )
}
