import { useEffect } from 'react'
import { useConsole } from './console-provider.tsx'
import { useAttention } from './use-attention.ts'

const DWELL_MS = 1_000

interface Reading {
  conversationId: string
  /** The highest stored seq on the screen. */
  upTo: number
  unreadCount: number
  isAtBottom: boolean
}

/** Reading is seeing: the page visible and focused, the thread at its end, for a second. */
export const useMarkRead = ({ conversationId, upTo, unreadCount, isAtBottom }: Reading) => {
  const session = useConsole()
  const attends = useAttention()
  const isReading = attends && isAtBottom && unreadCount > 0 && upTo > 0
  useEffect(() => {
    if (!isReading) return
    const timer = setTimeout(() => void session.markRead(conversationId, upTo).catch(() => null), DWELL_MS)
    return () => clearTimeout(timer)
  }, [session, conversationId, upTo, isReading])
}
