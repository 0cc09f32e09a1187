import { useEffect } from 'react'
import type { Conversation } from '../../server/contract/conversation.ts'
import { useConsole } from './console-provider.tsx'
import { type ListFilter, listKey } from './list-cache.ts'
import type { Phase } from './loader.ts'
import { sameItems, useStore } from './store.ts'

export interface ListState {
  /** Null until the list was read for the first time. */
  rows: readonly Conversation[] | null
  hasMore: boolean
  phase: Phase | undefined
  morePhase: Phase | undefined
  reload: () => void
  loadMore: () => void
}

/** One view of the inbox, read once and then kept up by events. */
export const useList = (filter: ListFilter): ListState => {
  const { cache, loader } = useConsole()
  const key = listKey(filter)
  const { view, search } = filter
  const list = useStore(cache, ({ lists }) => lists.get(key))
  const rows = useStore(
    cache,
    ({ conversations }) => list?.ids.flatMap((id) => conversations.get(id) ?? []) ?? [],
    sameItems,
  )
  const phase = useStore(loader.loads, (loads) => loads.get(`list:${key}`))
  const morePhase = useStore(loader.loads, (loads) => loads.get(`more:${key}`))
  useEffect(() => {
    void loader.list({ view, search })
  }, [loader, view, search])
  return {
    rows: list ? rows : null,
    hasMore: list?.hasMore ?? false,
    phase,
    morePhase,
    reload: () => void loader.list({ view, search }),
    loadMore: () => void loader.more({ view, search }),
  }
}

/** How many conversations are open, unread and closed; null until it is known. */
export const useCounts = () => useStore(useConsole().cache, ({ counts }) => counts)
