import { useCallback, useState } from 'react'
import type { Message } from '../../../server/contract/message.ts'

/** What the composer is for, where it is not for a message of its own: it answers one, or replaces its words. */
export interface ComposeMode {
  kind: 'reply' | 'edit'
  message: Message
  /** What was written instead, and was not taken. */
  draft?: string
}

/** The composer's mode in one conversation. It ends with the conversation, and when its message is taken back. */
export const useComposeMode = (conversationId: string, messages: readonly Message[] | null) => {
  const [held, setHeld] = useState<ComposeMode | null>(null)
  const message = messages?.find(({ id }) => id === held?.message.id) ?? held?.message
  const isOver = !held || !message || message.conversationId !== conversationId || message.deletedAt !== null
  const end = useCallback(() => setHeld(null), [])
  return { mode: isOver ? null : { ...held, message }, begin: setHeld, end }
}
