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
  const [words, setWords] = useState('')
  const heard = useRef({ id: '', seq: 0 })
  const last = messages?.findLast(({ type }) => type === 'customer')
  const id = conversation?.id ?? ''
  const name = conversation ? (customerName(conversation) ?? '') : ''
  const text = last ? displayLine(last.content) : ''
  const seq = last?.seq ?? 0
  useEffect(() => {
    const isFirst = heard.current.id !== id
    const isNew = !isFirst && seq > heard.current.seq
    heard.current = { id, seq: isFirst ? seq : Math.max(seq, heard.current.seq) }
    if (!isNew) return
    const timer = setTimeout(() => setWords(t('arrived', { name, text })), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [id, seq, name, text, t])
  return (
    <div aria-live="polite" className="sr-only">
      {words}
    </div>
  )
}
