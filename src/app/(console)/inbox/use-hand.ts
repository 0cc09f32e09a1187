import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Conversation, ConversationStatus } from '../../../server/contract/conversation.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useTRPC } from '../../_client/trpc.ts'
import { complain } from '../complain.ts'

/** Who answers a conversation, whether it has ended, and what turns either. */
export const useHand = (conversation: Conversation | undefined) => {
  const session = useConsole()
  const t = useTranslations('chat.header')
  const { data: bot } = useQuery(useTRPC().people.bot.queryOptions())
  const [wanted, setWanted] = useState<ConversationStatus | null>(null)
  const status = conversation?.status
  const isClosed = status === 'closed'
  // The event may come before the answer; what was wanted is then already so.
  const isBusy = wanted !== null && wanted !== status
  const turn = (next: ConversationStatus) => {
    if (!conversation || isBusy) return
    setWanted(next)
    session
      .setStatus(conversation.id, next)
      .catch(() => complain(t('statusFailed')))
      .finally(() => setWanted((current) => (current === next ? null : current)))
  }
  const mayBot = status === 'support_active' && bot?.isOn === true && bot.hasKey
  return {
    isClosed,
    isBot: status === 'active',
    busy: isBusy ? busyWith(wanted, isClosed) : null,
    otherHand: otherHand(status, mayBot),
    end: () => turn(isClosed ? 'support_active' : 'closed'),
    hand: () => turn(status === 'active' ? 'support_active' : 'active'),
  }
}

const otherHand = (status: ConversationStatus | undefined, mayBot: boolean): 'person' | 'bot' | null => {
  if (status === 'active') return 'person'
  return mayBot ? 'bot' : null
}

const busyWith = (wanted: ConversationStatus | null, isClosed: boolean): 'end' | 'hand' =>
  wanted === 'closed' || isClosed ? 'end' : 'hand'
