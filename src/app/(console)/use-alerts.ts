import { usePathname, useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useConsole } from '../_client/console-provider.tsx'

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
    let stop: (() => void) | null = null
    let isOver = false
    const words = { someone: t('someone'), message: t('message') }
    const isShown = (id: string) => shown.current === `/inbox/${id}`
    const onPress = (id: string) => router.push(`/inbox/${id}`)
    // Nobody needs it to read and answer, so it comes after what they need.
    void import('./call-agent.ts').then(({ callAgent }) => {
      if (!isOver) stop = callAgent({ feed, cache, words, isShown, onPress })
    })
    return () => {
      isOver = true
      stop?.()
    }
  }, [feed, cache, t, router])
}
