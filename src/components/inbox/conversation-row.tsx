'use client'

import { Bot } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import type { Conversation } from '../../server/contract/conversation.ts'
import type { Formats } from '../chat/time.ts'
import { Avatar } from '../ui/avatar.tsx'
import { CountPill } from '../ui/badge.tsx'
import { cx } from '../ui/cx.ts'
import { ChannelBadge } from './channel-badge.tsx'
import { customerName } from './customer-name.ts'
import { type PendingMessage, RowPreview } from './row-preview.tsx'
import { Spoken } from './spoken.tsx'

interface Props {
  conversation: Conversation
  href: string
  isOpen: boolean
  /** The one row of the list that Tab reaches. */
  isTabStop: boolean
  selfId: number
  draft: string | undefined
  typing: string | undefined
  pending: PendingMessage | undefined
  formats: Formats
  now: number
  onOpen: (id: string) => void
}

/** One conversation in the list. */
export const ConversationRow = memo((props: Props) => {
  const { conversation, href, isOpen, isTabStop, formats, now, onOpen, selfId } = props
  const t = useTranslations('inbox')
  const name =
    customerName(conversation) ?? t('nameless', { number: formats.number(conversation.customerId) })
  const isUnread = conversation.unreadCount > 0
  return (
    <a
      href={href}
      tabIndex={isTabStop ? 0 : -1}
      aria-current={isOpen ? 'page' : undefined}
      data-conversation={conversation.id}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        onOpen(conversation.id)
      }}
      className={cx(
        'flex h-16 items-center gap-3 rounded-card px-2.5 outline-offset-[-2px] select-none coarse:h-17 coarse:select-auto',
        isOpen ? 'bg-firuze-tint' : 'hover:bg-hover',
      )}
    >
      <Avatar
        name={name}
        seed={conversation.customerId}
        badge={
          <ChannelBadge source={conversation.source} ring={isOpen ? 'ring-firuze-tint' : 'ring-canvas'} />
        }
      />
      <span className="flex min-w-0 flex-1 flex-col gap-px">
        <span className="flex items-center gap-2 leading-6">
          <Spoken className={cx('min-w-0 flex-1', isUnread ? 'font-strong' : 'font-medium')}>{name}</Spoken>
          {conversation.status === 'active' && <BotAnswers />}
          <time
            dateTime={conversation.updatedAt}
            title={formats.full(conversation.updatedAt)}
            className="shrink-0 text-xs text-faint"
          >
            {formats.brief(conversation.updatedAt, now)}
          </time>
        </span>
        <span
          className={cx('flex items-center gap-2 text-sm leading-5.5', isUnread ? 'text-ink' : 'text-dim')}
        >
          <RowPreview
            message={conversation.lastMessage}
            isErased={conversation.customer.erasedAt !== undefined}
            draft={props.draft}
            typing={props.typing}
            selfId={selfId}
            pending={props.pending}
          />
          {isUnread && (
            <CountPill label={t('row.unread', { count: conversation.unreadCount })}>
              {formats.number(Math.min(conversation.unreadCount, 99))}
              {conversation.unreadCount > 99 ? '+' : ''}
            </CountPill>
          )}
        </span>
      </span>
    </a>
  )
})
ConversationRow.displayName = 'ConversationRow'

const BotAnswers = () => {
  const words = useTranslations('inbox.row')('botAnswers')
  return (
    <span title={words} className="shrink-0 text-firuze-ink">
      <Bot aria-hidden size={15} strokeWidth={1.9} />
      <span className="sr-only">{words}</span>
    </span>
  )
}
