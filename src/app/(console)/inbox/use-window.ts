import { useQuery } from '@tanstack/react-query'
import { CAPABILITIES } from '../../../server/contract/capabilities.ts'
import type { Conversation } from '../../../server/contract/conversation.ts'
import type { Message } from '../../../server/contract/message.ts'
import { type Window, windowAt } from '../../../server/contract/window.ts'
import { useTRPC } from '../../_client/trpc.ts'
import { useNow } from './use-now.ts'

export interface WindowView {
  window: Window
  now: number
  hasWritten: boolean
}

const FRESH_MS = 60_000

/** How long one may write to a conversation's customer; null where there is always time, and until it is known. */
export const useWindow = (
  conversation: Conversation | undefined,
  messages: readonly Message[] | null,
): WindowView | null => {
  const limits = conversation ? CAPABILITIES[conversation.source].window : null
  const asked = { conversationId: conversation?.id ?? '' }
  const { data } = useQuery({
    ...useTRPC().messages.window.queryOptions(asked),
    enabled: limits !== null,
    staleTime: FRESH_MS,
  })
  const now = useNow()
  if (limits === null || !data) return null
  const newest = messages?.findLast(({ type }) => type === 'customer')
  const heard = newest ? (newest.extras?.saidAt ?? newest.createdAt) : null
  const lastCustomerAt = latest(data.lastCustomerAt, heard)
  const window = windowAt(limits, { ...data, lastCustomerAt }, now)
  return { window, now, hasWritten: lastCustomerAt !== null }
}

const latest = (a: string | null, b: string | null) => (a !== null && (b === null || a > b) ? a : b)
