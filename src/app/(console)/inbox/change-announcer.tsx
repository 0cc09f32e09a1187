'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { customerName } from '../../../components/inbox/customer-name.ts'
import { displayLine } from '../../../components/ui/display-text.ts'
import type { Conversation } from '../../../server/contract/conversation.ts'
import type { Message } from '../../../server/contract/message.ts'

interface Props {
  conversation: Conversation | undefined
  messages: readonly Message[] | null
}

/** Reads out what the customer does to messages that are there: a reaction, and what they take back. */
export const ChangeAnnouncer = ({ conversation, messages }: Props) => {
  const t = useTranslations('chat')
  const [words, setWords] = useState('')
  const before = useRef<ReadonlyMap<string, Message>>(new Map())
  const name = conversation ? (customerName(conversation) ?? t('quote.customer')) : ''
  const id = conversation?.id
  useEffect(() => {
    const changes = (messages ?? []).flatMap((message) => {
      const held = before.current.get(message.id)
      if (!held || held === message || message.conversationId !== id) return []
      if (message.deletedAt && !held.deletedAt && message.type === 'customer')
        return [t('takenBack', { name })]
      const emoji = theirs(message).find((one) => !theirs(held).includes(one))
      return emoji === undefined ? [] : [t('reacted', { name, emoji: displayLine(emoji) })]
    })
    before.current = new Map((messages ?? []).map((message) => [message.id, message]))
    const last = changes.at(-1)
    if (last !== undefined) setWords(last)
  }, [messages, id, name, t])
  return (
    <div aria-live="polite" className="sr-only">
      {words}
    </div>
  )
}

const theirs = ({ extras }: Message): string[] =>
  (extras?.reactions ?? []).flatMap(({ by, emoji }) => (by === 'customer' ? [emoji] : []))
