'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Website, WebsiteSettings } from '../../../../server/contract/website.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** One website's settings and secret: read when its dialog opens, and forgotten when it closes. */
export const useWebsite = (channelId: number, onSaved: (website: Website) => void) => {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [secret, setSecret] = useState<string | null>(null)
  const [isNew, setIsNew] = useState(false)
  const asked = useQuery({ ...trpc.channels.website.queryOptions({ channelId }), staleTime: 0, gcTime: 0 })
  const save = useMutation(
    trpc.channels.changeWebsite.mutationOptions({
      onSuccess: async (website) => {
        await queries.invalidateQueries({ queryKey: trpc.channels.list.queryKey() })
        onSaved(website)
      },
    }),
  )
  const show = useMutation(
    trpc.channels.showIdentitySecret.mutationOptions({
      gcTime: 0,
      onSuccess: (shown) => setSecret(shown.secret),
    }),
  )
  const rotate = useMutation(
    trpc.channels.rotateIdentitySecret.mutationOptions({
      gcTime: 0,
      onSuccess: (made) => {
        setSecret(made.secret)
        setIsNew(true)
      },
    }),
  )
  return {
    website: asked.data ?? null,
    isFailed: asked.isError,
    save: (change: { name: string; settings: WebsiteSettings }) => save.mutate({ channelId, ...change }),
    isBusy: save.isPending,
    refusal: refusalOf(save.error ?? show.error ?? rotate.error),
    identity: {
      secret,
      isNew,
      isBusy: show.isPending || rotate.isPending,
      show: () => show.mutate({ channelId }),
      rotate: () => rotate.mutate({ channelId }),
    },
  }
}
