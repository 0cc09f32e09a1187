'use client'

import { useTranslations } from 'next-intl'
import type { Formats } from '../../../components/chat/time.ts'
import { ConversationRow } from '../../../components/inbox/conversation-row.tsx'
import type { Conversation } from '../../../server/contract/conversation.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { typersIn } from '../../_client/signals.ts'
import { useStore } from '../../_client/store.ts'

interface Props {
  conversation: Conversation
  href: string
  isOpen: boolean
  isTabStop: boolean
  formats: Formats
  now: number
  onOpen: (id: string) => void
}

/** A row with what only this browser and this moment know of its conversation. */
export const Row = (props: Props) => {
  const { drafts, feed, outbox, self } = useConsole()
  const t = useTranslations('inbox')
  const { id } = props.conversation
  const draft = useStore(drafts.texts, (texts) => texts.get(id))
  const pending = useStore(outbox.entries, (entries) =>
    entries.findLast(({ conversationId }) => conversationId === id),
  )
  const isTyping = useStore(feed.signals, (signals) =>
    typersIn(signals, id, self.userId).some(({ who }) => who === 'customer'),
  )
  return (
    <ConversationRow
      {...props}
      selfId={self.userId}
      draft={props.isOpen ? undefined : draft}
      typing={isTyping ? t('row.typing') : undefined}
      pending={pending}
    />
  )
}
