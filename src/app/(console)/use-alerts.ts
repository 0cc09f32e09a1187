import { usePathname, useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { customerName } from '../../components/inbox/customer-name.ts'
import { displayLine } from '../../components/ui/display-text.ts'
import type { Message } from '../../server/contract/message.ts'
import { Alerts } from '../_client/alerts.ts'
import { useConsole } from '../_client/console-provider.tsx'
import { raiseAlert } from './raise-alert.ts'

/** Calls the agent when a customer writes and nobody looks; where the bot answers nobody is called. */
export const useAlerts = (): void => {
  const { feed, cache } = useConsole()
  const t = useTranslations('shell.alert')
  const router = useRouter()
  const path = usePathname()
  const shown = useRef(path)
  useEffect(() => {
    shown.current = path
  }, [path])
  useEffect(() => {
    const raise = ({ conversationId, content }: Message) => {
      const conversation = cache.get().conversations.get(conversationId)
      if (conversation?.status === 'active') return
      raiseAlert({
        conversationId,
        title: (conversation && customerName(conversation)) ?? t('someone'),
        text: displayLine(content),
        instead: t('message'),
        onPress: () => router.push(`/inbox/${conversationId}`),
      })
    }
    const isLooking = (id: string) => isAttended() && shown.current === `/inbox/${id}`
    const alerts = new Alerts({ isLooking, raise, locks: navigator.locks })
    const stop = feed.arrived.subscribe(() => {
      const message = feed.arrived.get()
      if (message) alerts.hear(message)
    })
    return () => {
      stop()
      alerts.close()
    }
  }, [feed, cache, t, router])
}

const isAttended = () => document.visibilityState === 'visible' && document.hasFocus()
