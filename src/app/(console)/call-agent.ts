import { customerName } from '../../components/inbox/customer-name.ts'
import { displayLine } from '../../components/ui/display-text.ts'
import type { Message } from '../../server/contract/message.ts'
import { Alerts } from '../_client/alerts.ts'
import type { ConsoleSession } from '../_client/console-session.ts'
import { raiseAlert } from './raise-alert.ts'

interface Options extends Pick<ConsoleSession, 'feed' | 'cache'> {
  words: { someone: string; message: string }
  /** Whether the page shows this conversation. */
  isShown: (conversationId: string) => boolean
  onPress: (conversationId: string) => void
}

/** Listens for what customers write until it is told to stop. */
export function callAgent({ feed, cache, words, isShown, onPress }: Options): () => void {
  const raise = ({ conversationId, content }: Message) => {
    const conversation = cache.get().conversations.get(conversationId)
    if (conversation?.status === 'active') return
    raiseAlert({
      conversationId,
      title: (conversation && customerName(conversation)) ?? words.someone,
      text: displayLine(content),
      instead: words.message,
      onPress: () => onPress(conversationId),
    })
  }
  const isLooking = (id: string) => isAttended() && isShown(id)
  const alerts = new Alerts({ isLooking, raise, locks: navigator.locks })
  const stop = feed.arrived.subscribe(() => {
    const message = feed.arrived.get()
    if (message) alerts.hear(message)
  })
  return () => {
    stop()
    alerts.close()
  }
}

const isAttended = () => document.visibilityState === 'visible' && document.hasFocus()
