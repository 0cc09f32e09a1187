'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { isolated } from '../../../../components/ui/display-text.ts'
import { Name } from '../../../../components/ui/name.tsx'
import type { Channel, ConnectInstagram } from '../../../../server/contract/channel.ts'
import type { Website } from '../../../../server/contract/website.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** What somebody is about to do to a channel. */
export type ChannelAct =
  /** `again`: the channel that is to go on under another token. */
  | { kind: 'connect'; source: 'telegram' | 'instagram'; again: Channel | null }
  | { kind: 'addWebsite' }
  | { kind: 'website' | 'disconnect'; channel: Channel }
  | { kind: 'examine'; channelId: number }

/** Connecting and disconnecting: which dialog is open, how far it is, and what was done last. */
export const useChannelActs = (examined: number | null = null) => {
  const connectT = useTranslations('settings.connectTelegram')
  const disconnectT = useTranslations('settings.disconnect')
  const websiteT = useTranslations('settings.website')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [act, setAct] = useState<ChannelAct | null>(
    examined === null ? null : { kind: 'examine', channelId: examined },
  )
  const [done, setDone] = useState<ReactNode>(null)

  const finish = async (sentence: ReactNode) => {
    await queries.invalidateQueries({ queryKey: trpc.channels.list.queryKey() })
    void queries.invalidateQueries(trpc.channels.health.queryFilter())
    setAct(null)
    setDone(sentence)
  }
  const connect = useMutation(
    trpc.channels.connectTelegram.mutationOptions({
      onSuccess: ({ name }) => finish(connectT.rich('done', { name: () => <Name>{name}</Name> })),
    }),
  )
  const addWebsite = useMutation(
    trpc.channels.connectWebsite.mutationOptions({
      onSuccess: async (website) => {
        await finish(websiteT('done', { name: isolated(website.name) }))
        // The line to paste is what one came for.
        setAct({ kind: 'website', channel: asChannel(website) })
      },
    }),
  )
  const instagramT = useTranslations('settings.connectInstagram')
  const connectInstagram = useMutation(
    trpc.channels.connectInstagram.mutationOptions({
      onSuccess: ({ name }) => finish(instagramT.rich('done', { name: () => <Name>{name}</Name> })),
    }),
  )
  const humanAgent = useMutation(
    trpc.channels.setHumanAgent.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.channels.list.queryKey() }),
    }),
  )
  const disconnect = useMutation(trpc.channels.disconnect.mutationOptions())

  const open = (next: ChannelAct) => {
    connect.reset()
    addWebsite.reset()
    connectInstagram.reset()
    disconnect.reset()
    setDone(null)
    setAct(next)
  }
  const runDisconnect = ({ id, name }: Channel) =>
    disconnect.mutate(
      { channelId: id },
      { onSuccess: () => finish(disconnectT.rich('done', { name: () => <Name>{name}</Name> })) },
    )

  return {
    act,
    done,
    open,
    close: () => setAct(null),
    connect: {
      run: (token: string) => connect.mutate({ source: 'telegram', bot_token: token, ...againIn(act) }),
      isBusy: connect.isPending,
      refusal: refusalOf(connect.error),
    },
    addWebsite: {
      run: (website: { name: string; allowed_origins: string[] }) =>
        addWebsite.mutate({ source: 'website', ...website }),
      isBusy: addWebsite.isPending,
      refusal: refusalOf(addWebsite.error),
    },
    onWebsiteSaved: ({ name }: Website) => {
      setAct(null)
      setDone(websiteT('saved', { name: isolated(name) }))
    },
    connectInstagram: {
      run: (input: ConnectInstagram) => connectInstagram.mutate({ ...input, ...againIn(act) }),
      isBusy: connectInstagram.isPending,
      refusal: refusalOf(connectInstagram.error),
    },
    setHumanAgent: (channel: Channel, isOn: boolean) => humanAgent.mutate({ channelId: channel.id, isOn }),
    disconnect: { run: runDisconnect, isBusy: disconnect.isPending, refusal: refusalOf(disconnect.error) },
  }
}

const againIn = (act: ChannelAct | null) =>
  act?.kind === 'connect' && act.again ? { channelId: act.again.id } : {}

const asChannel = ({ id, name, createdAt }: Website): Channel => ({
  id,
  name,
  createdAt,
  source: 'website',
  username: null,
  isConnect: true,
  stoppedReason: null,
})
