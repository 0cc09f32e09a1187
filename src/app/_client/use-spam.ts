import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { HeldMessage } from '../../server/contract/spam.ts'
import { useConsole } from './console-provider.tsx'
import { useStore } from './store.ts'
import { useTRPC, useTRPCClient } from './trpc.ts'

const NO_PLACES: readonly number[] = []

interface SpamState {
  /** Null until they were read for the first time. */
  rows: readonly HeldMessage[] | null
  hasFailed: boolean
  hasMore: boolean
  isLoadingMore: boolean
  reload: () => void
  loadMore: () => void
}

/** Reads again what is held whenever the feed tells of a change to it. Once in the whole console. */
export const useSpamFreshness = (): void => {
  const { feed } = useConsole()
  const queries = useQueryClient()
  const trpc = useTRPC()
  const changes = useStore(feed.spamChanges, (count) => count)
  useEffect(() => {
    if (changes > 0) void queries.invalidateQueries({ queryKey: trpc.spam.pathKey() })
  }, [changes, queries, trpc])
}

/** How many messages are held; null until it is known. */
export const useSpamCount = (): number | null =>
  useQuery(useTRPC().spam.count.queryOptions()).data?.count ?? null

/** The seqs of a thread at which messages are held. */
export const useSpamPlaces = (conversationId: string): readonly number[] => {
  const count = useSpamCount()
  const options = useTRPC().spam.places.queryOptions({ conversationId })
  return useQuery({ ...options, enabled: count !== null && count > 0 }).data ?? NO_PLACES
}

/** The messages that are held, newest first. */
export const useSpam = (): SpamState => {
  const client = useTRPCClient()
  const trpc = useTRPC()
  const query = useInfiniteQuery({
    queryKey: [...trpc.spam.list.queryKey(), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      client.spam.list.query(pageParam ? { before: pageParam } : {}, { signal }),
    initialPageParam: null as { heldAt: string; id: string } | null,
    getNextPageParam: ({ messages, hasMore }) => {
      const last = messages.at(-1)
      return hasMore && last ? { heldAt: last.heldAt, id: last.id } : null
    },
  })
  return {
    rows: query.data?.pages.flatMap(({ messages }) => messages) ?? null,
    hasFailed: query.isError,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    reload: () => void query.refetch(),
    loadMore: () => void query.fetchNextPage(),
  }
}
