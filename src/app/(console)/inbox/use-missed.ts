import { useState } from 'react'
import type { Message } from '../../../server/contract/message.ts'

/** How many messages of the customer came since the end of the thread went out of sight. */
export const useMissed = (
  conversationId: string,
  messages: readonly Message[] | null,
  isAtEnd: boolean,
): number => {
  const last = messages?.at(-1)?.seq ?? 0
  const [seen, setSeen] = useState({ conversationId, upTo: last })
  const isElsewhere = seen.conversationId !== conversationId
  if (isElsewhere || (isAtEnd && seen.upTo !== last)) {
    setSeen({ conversationId, upTo: last })
    return 0
  }
  return messages?.filter(({ seq, type }) => seq > seen.upTo && type === 'customer').length ?? 0
}
