'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChannelHealth, RepairCode } from '../../../../server/contract/channel-health.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** What was found is shown that long before it is looked again. */
const GOOD_FOR_MS = 60_000

/** How a channel is, for its row; null while nobody knows. */
export const useHealth = (channelId: number): ChannelHealth | null => {
  const trpc = useTRPC()
  const asked = useQuery({
    ...trpc.channels.health.queryOptions({ channelId }),
    staleTime: GOOD_FOR_MS,
    retry: false,
  })
  return asked.data ?? null
}

/** The same for the doctor: looks when it opens, when it is told to, and after a repair. */
export const useDoctor = (channelId: number) => {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [isRepaired, setRepaired] = useState(false)
  const options = trpc.channels.health.queryOptions({ channelId })
  const health = useQuery({ ...options, staleTime: GOOD_FOR_MS, retry: false })
  const keep = (found: ChannelHealth) => {
    queries.setQueryData(options.queryKey, found)
    return queries.invalidateQueries({ queryKey: trpc.channels.list.queryKey() })
  }
  const again = useMutation({
    mutationFn: () =>
      queries.fetchQuery({
        ...trpc.channels.health.queryOptions({ channelId, isFresh: true }),
        staleTime: 0,
        retry: false,
      }),
    onMutate: () => setRepaired(false),
    onSuccess: keep,
  })
  const repair = useMutation(
    trpc.channels.repair.mutationOptions({
      onMutate: () => setRepaired(false),
      onSuccess: async (found) => {
        await keep(found)
        setRepaired(true)
      },
    }),
  )
  const look = () => {
    repair.reset()
    again.mutate()
  }
  return {
    health: health.data ?? null,
    isLooking: health.isFetching || again.isPending,
    isRepaired,
    busy: repair.isPending ? repair.variables.repair : null,
    refusal: refusalOf(repair.error ?? again.error ?? health.error),
    look,
    repair: (code: RepairCode) => {
      again.reset()
      repair.mutate({ channelId, repair: code })
    },
  }
}
