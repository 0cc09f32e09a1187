'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Name } from '../../../../components/ui/name.tsx'
import type { Channel } from '../../../../server/contract/channel.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** What somebody is about to do to a channel. */
export type ChannelAct = { kind: 'connect' } | { kind: 'disconnect'; channel: Channel }

/** Connecting and disconnecting: which dialog is open, how far it is, and what was done last. */
export const useChannelActs = () => {
  const connectT = useTranslations('settings.connectTelegram')
  const disconnectT = useTranslations('settings.disconnect')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [act, setAct] = useState<ChannelAct | null>(null)
  const [done, setDone] = useState<ReactNode>(null)

  const finish = async (sentence: ReactNode) => {
    await queries.invalidateQueries({ queryKey: trpc.channels.list.queryKey() })
    setAct(null)
    setDone(sentence)
  }
  const connect = useMutation(
    trpc.channels.connectTelegram.mutationOptions({
      onSuccess: ({ name }) => finish(connectT.rich('done', { name: () => <Name>{name}</Name> })),
    }),
  )
  const disconnect = useMutation(trpc.channels.disconnect.mutationOptions())

  const open = (next: ChannelAct) => {
    connect.reset()
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
      run: (token: string) => connect.mutate({ source: 'telegram', bot_token: token }),
      isBusy: connect.isPending,
      refusal: refusalOf(connect.error),
    },
    disconnect: { run: runDisconnect, isBusy: disconnect.isPending, refusal: refusalOf(disconnect.error) },
  }
}
