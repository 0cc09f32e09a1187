'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { customerName } from '../../../components/inbox/customer-name.ts'
import { displayLine } from '../../../components/ui/display-text.ts'
import type { Conversation } from '../../../server/contract/conversation.ts'
import type { Message } from '../../../server/contract/message.ts'

const PAUSE_MS = 1_000

interface Props {
  conversation: Conversation | undefined
  messages: readonly Message[] | null
}

/** Reads a new message of the customer out, one at a time; older pages and one's own words stay silent. */
export const Announcer = ({ conversation, messages }: Props) => {
  const t = useTranslations('chat')
  const [spoken, setSpoken] = useState({ messageId: '', words: '' })
  const heard = useRef({ id: '', seq: 0 })
  const last = messages?.findLast(({ type }) => type === 'customer')
  const id = conversation?.id ?? ''
  const name = conversation ? (customerName(conversation) ?? '') : ''
  const text = last ? displayLine(last.content) || (last.kind === 'text' ? '' : t(`kind.${last.kind}`)) : ''
  const seq = last?.seq ?? 0
  const messageId = last?.id ?? ''
  const isLoaded = messages !== null
  useEffect(() => {
    if (!isLoaded) return
    const isFirst = heard.current.id !== id
    const isNew = !isFirst && seq > heard.current.seq
    heard.current = { id, seq: isFirst ? seq : Math.max(seq, heard.current.seq) }
    if (!isNew) return
    const timer = setTimeout(() => setSpoken({ messageId, words: t('arrived', { name, text }) }), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [id, isLoaded, seq, messageId, name, text, t])
  // What was deleted, or erased with its customer, stands here no longer than on the screen.
  const isThere = messages?.some((message) => message.id === spoken.messageId && !message.deletedAt)
  return (
    <div aria-live="polite" className="sr-only">
      {isThere ? spoken.words : ''}
    </div>
  )
}
