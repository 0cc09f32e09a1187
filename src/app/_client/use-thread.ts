import { useEffect } from 'react'
import type { Conversation } from '../../server/contract/conversation.ts'
import type { Message } from '../../server/contract/message.ts'
import { touchThread } from './console-cache.ts'
import { useConsole } from './console-provider.tsx'
import { THREAD_PAGE } from './limits.ts'
import type { Phase } from './loader.ts'
import { type Outgoing, pendingIn } from './outbox.ts'
import { sameItems, useStore } from './store.ts'
import { trimmed } from './thread-cache.ts'

const NO_MESSAGES: readonly Message[] = []

export interface ThreadState {
  conversation: Conversation | undefined
  /** Null until the thread was read for the first time. */
  messages: readonly Message[] | null
  pending: readonly Outgoing[]
  isDeleted: boolean
  hasOlder: boolean
  hasNewer: boolean
  phase: Phase | undefined
  conversationPhase: Phase | undefined
  olderPhase: Phase | undefined
  newerPhase: Phase | undefined
  reload: () => void
  loadOlder: () => void
  loadNewer: () => void
}

/** One thread: painted at once from what is held, then kept up by events. */
export const useThread = (id: string): ThreadState => {
  const { cache, loader, outbox } = useConsole()
  const thread = useStore(cache, ({ threads }) => threads.get(id))
  const conversation = useStore(cache, ({ conversations }) => conversations.get(id))
  const isDeleted = useStore(cache, ({ deleted }) => deleted.has(id))
  const messages = thread?.messages ?? NO_MESSAGES
  const pending = useStore(outbox.entries, (entries) => pendingIn(entries, id, messages), sameItems)
  const loads = useStore(loader.loads, (all) => all)
  const phaseOf = (kind: string) => loads.get(`${kind}:${id}`)
  useEffect(() => openThread(cache, loader, id), [cache, loader, id])
  return {
    conversation,
    messages: thread ? messages : null,
    pending,
    isDeleted,
    hasOlder: thread?.hasOlder ?? false,
    hasNewer: thread?.hasNewer ?? false,
    phase: phaseOf('thread'),
    conversationPhase: phaseOf('conversation'),
    olderPhase: phaseOf('older'),
    newerPhase: phaseOf('newer'),
    reload: () => {
      void loader.conversation(id)
      void loader.thread(id)
    },
    loadOlder: () => void loader.older(id),
    loadNewer: () => void loader.newer(id),
  }
}

type Session = ReturnType<typeof useConsole>

const openThread = (cache: Session['cache'], loader: Session['loader'], id: string) => {
  const { threads, conversations, deleted } = cache.get()
  if (deleted.has(id)) return
  if (!conversations.has(id)) void loader.conversation(id)
  const held = threads.get(id)
  if (!held || held.hasNewer) void loader.thread(id)
  else cache.set((current) => touchThread(current, id))
  loader.heal(id)
  return () => cache.set((current) => leaveThread(current, id))
}

const leaveThread = (cache: ReturnType<Session['cache']['get']>, id: string) => {
  const thread = cache.threads.get(id)
  if (!thread || thread.hasNewer) return cache
  return { ...cache, threads: new Map(cache.threads).set(id, trimmed(thread, THREAD_PAGE * 2)) }
}
