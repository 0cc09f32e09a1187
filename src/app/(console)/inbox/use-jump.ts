import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { useConsole } from '../../_client/console-provider.tsx'
import type { Loader } from '../../_client/loader.ts'
import { complain } from '../complain.ts'

/** So many older pages are read to reach one message. */
const MAX_PAGES = 12
const FLASH_MS = 1_700

/** Leads to a message of a thread: reads as far back as it lies, brings it to the middle and lets it light up. */
export const useJump = (conversationId: string): ((messageId: string) => void) => {
  const { cache, loader } = useConsole()
  const t = useTranslations('chat.quote')
  return useCallback(
    (messageId: string) => {
      const held = () => cache.get().threads.get(conversationId)
      const isHeld = () => held()?.messages.some(({ id }) => id === messageId)
      const go = async () => {
        for (let page = 0; page < MAX_PAGES && !isHeld() && held()?.hasOlder; page++)
          await olderPage(loader, conversationId)
        if (!isHeld()) return complain(t(held()?.hasOlder ? 'far' : 'missing'))
        requestAnimationFrame(() => light(messageId))
      }
      void go()
    },
    [cache, loader, conversationId, t],
  )
}

/** One more page, also where the scrolling has asked for it already. */
const olderPage = async (loader: Loader, id: string): Promise<void> => {
  await loader.older(id)
  await new Promise<void>((resolve) => {
    const check = () => {
      if (loader.phaseOf(`older:${id}`)?.state === 'loading') return
      stop()
      resolve()
    }
    const stop = loader.loads.subscribe(check)
    check()
  })
}

const light = (messageId: string) => {
  const id = CSS.escape(messageId)
  const row = document.querySelector<HTMLElement>(`[data-message="${id}"], [data-members~="${id}"]`)
  if (!row) return
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  row.scrollIntoView({ block: 'center', behavior: isCalm ? 'auto' : 'smooth' })
  row.focus({ preventScroll: true })
  row.toggleAttribute('data-flash', true)
  setTimeout(() => row.removeAttribute('data-flash'), FLASH_MS)
}
