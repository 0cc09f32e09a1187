'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { ThreadHeader } from '../../../components/chat/thread-header.tsx'
import { formatsOf } from '../../../components/chat/time.ts'
import { ChannelBadge } from '../../../components/inbox/channel-badge.tsx'
import { customerName } from '../../../components/inbox/customer-name.ts'
import { Avatar } from '../../../components/ui/avatar.tsx'
import type { Conversation } from '../../../server/contract/conversation.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { complain } from '../complain.ts'
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
  const status = useStatus(conversation)
  // The address may be a key press ahead of what is shown, and nobody ends a conversation unseen.
  const turnShown = () => currentConversation() === conversation?.id && status.turn()
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
      about={status.isClosed ? t('chat.header.closed', { source }) : source}
      viewers={viewers}
      isClosed={status.isClosed}
      isBusy={status.isBusy}
      isPanelOpen={panel.isOpen}
      onBack={onLeave}
      onPanel={panel.toggle}
      onStatus={status.turn}
    />
  )
}

const useStatus = (conversation: Conversation | undefined) => {
  const session = useConsole()
  const t = useTranslations('chat.header')
  const [wanted, setWanted] = useState<'closed' | 'support_active' | null>(null)
  const isClosed = conversation?.status === 'closed'
  // The event may come before the answer; what was wanted is then already so.
  const isBusy = wanted !== null && (wanted === 'closed') !== isClosed
  const turn = () => {
    if (!conversation || isBusy) return
    const next = isClosed ? 'support_active' : 'closed'
    setWanted(next)
    session
      .setStatus(conversation.id, next)
      .catch(() => complain(t('statusFailed')))
      .finally(() => setWanted((current) => (current === next ? null : current)))
  }
  return { isClosed, isBusy, turn }
}
