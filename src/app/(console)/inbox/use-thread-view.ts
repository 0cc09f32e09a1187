import { useLocale, useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { threadItems } from '../../../components/chat/thread-items.ts'
import { formatsOf } from '../../../components/chat/time.ts'
import { customerName } from '../../../components/inbox/customer-name.ts'
import { CAPABILITIES } from '../../../server/contract/capabilities.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useAttention } from '../../_client/use-attention.ts'
import { useMarkRead } from '../../_client/use-mark-read.ts'
import { useSpamPlaces } from '../../_client/use-spam.ts'
import { useThread } from '../../_client/use-thread.ts'
import { useDivider } from './use-divider.ts'
import { useMissed } from './use-missed.ts'

/** One thread as the eye meets it: what is drawn, what is new, what was missed, and what has been read. */
export const useThreadView = (conversationId: string) => {
  const { self, loader } = useConsole()
  const thread = useThread(conversationId)
  const { conversation, messages, pending, hasOlder, hasNewer } = thread
  const held = useSpamPlaces(conversationId)
  const [isAtEnd, setIsAtEnd] = useState(true)
  const [sentCount, setSentCount] = useState(0)
  const isReading = useAttention() && isAtEnd
  const newAfter = useDivider(conversation, messages, isReading)
  const isErased = conversation?.customer.erasedAt !== undefined
  const seenSeq = conversation?.seenSeq ?? 0
  const { formats: tags } = CAPABILITIES[conversation?.source ?? 'unknown']
  const name = conversation ? customerName(conversation) : null
  const items = useMemo(
    () =>
      threadItems({
        messages: messages ?? [],
        pending,
        selfId: self.userId,
        customerName: name,
        newAfter,
        held,
        hasOlder,
        hasNewer,
        isErased,
        seenSeq,
        formats: tags,
      }),
    [messages, pending, self.userId, name, newAfter, held, hasOlder, hasNewer, isErased, seenSeq, tags],
  )
  const upTo = messages?.at(-1)?.seq ?? 0
  const unreadCount = conversation?.unreadCount ?? 0
  useMarkRead({ conversationId, upTo, unreadCount, isAtBottom: isAtEnd && messages !== null })
  const missed = useMissed(conversationId, messages, isAtEnd)
  const source = useTranslations('inbox.source')(conversation?.source ?? 'unknown')
  const formats = formatsOf(useLocale())
  const toNewest = () => hasNewer && void loader.thread(conversationId)
  const onSent = () => {
    toNewest()
    setSentCount((count) => count + 1)
  }
  return { thread, name, items, missed, source, formats, sentCount, setIsAtEnd, toNewest, onSent }
}
