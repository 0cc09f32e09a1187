'use client'

import { useLocale, useTranslations } from 'next-intl'
import { ThreadHeader } from '../../../components/chat/thread-header.tsx'
import { formatsOf } from '../../../components/chat/time.ts'
import { ChannelBadge } from '../../../components/inbox/channel-badge.tsx'
import { customerName } from '../../../components/inbox/customer-name.ts'
import { Avatar } from '../../../components/ui/avatar.tsx'
import type { Conversation } from '../../../server/contract/conversation.ts'
import { More } from './more.tsx'
import { useHand } from './use-hand.ts'
import { currentConversation } from './use-inbox-address.ts'
import type { Panel } from './use-panel.ts'
import { useShortcuts } from './use-shortcut.ts'

interface Props {
  conversation: Conversation | undefined
  viewers: readonly { userId: number; name: string }[]
  panel: Panel
  source: string
  onLeave: () => void
}

/** The header of the open conversation, with what its buttons do. */
export const ThreadTop = ({ conversation, viewers, panel, source, onLeave }: Props) => {
  const t = useTranslations()
  const formats = formatsOf(useLocale())
  const hand = useHand(conversation)
  const isOver = conversation?.customer.erasedAt !== undefined
  // The address may be a key press ahead of what is shown, and nobody ends a conversation unseen.
  const turnShown = () => currentConversation() === conversation?.id && !isOver && hand.end()
  useShortcuts({ resolve: turnShown, panel: panel.toggle })
  const name = conversation
    ? (customerName(conversation) ?? t('inbox.nameless', { number: formats.number(conversation.customerId) }))
    : null
  return (
    <ThreadHeader
      avatar={
        conversation &&
        name !== null && (
          <Avatar
            size="md"
            name={name}
            seed={conversation.customerId}
            badge={<ChannelBadge source={conversation.source} ring="ring-surface" />}
          />
        )
      }
      name={name}
      about={aboutOf(hand, source, t)}
      unreachable={isOver ? undefined : conversation?.customer.unreachable}
      viewers={viewers}
      isClosed={hand.isClosed}
      isOver={isOver}
      busy={hand.busy}
      otherHand={hand.otherHand}
      menu={
        conversation && name !== null ? (
          <More key={conversation.id} conversationId={conversation.id} name={name} panel={panel} />
        ) : null
      }
      isPanelOpen={panel.isOpen}
      onBack={onLeave}
      onPanel={panel.toggle}
      onStatus={hand.end}
      onHand={hand.hand}
    />
  )
}

const aboutOf = (
  { isClosed, isBot }: ReturnType<typeof useHand>,
  source: string,
  t: ReturnType<typeof useTranslations<never>>,
) => {
  if (isClosed) return t('chat.header.closed', { source })
  return isBot ? t('chat.header.byBot', { source }) : source
}
