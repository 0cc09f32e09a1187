import { usePathname } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { formatsOf } from '../../components/chat/time.ts'

/** The tab says how many conversations wait; pages outside the inbox keep their own title. */
export const useTitle = (unread: number) => {
  const t = useTranslations('shell')
  const locale = useLocale()
  const isInbox = usePathname().startsWith('/inbox')
  const words = unread > 0 ? t('titleUnread', { shown: formatsOf(locale).number(unread) }) : t('title')
  const title = `${words} · ${t('navigation')}`
  useEffect(() => {
    if (!isInbox) return
    // Next streams the page's own title and may set it after us.
    const keep = () => {
      if (document.title !== title) document.title = title
    }
    keep()
    const observer = new MutationObserver(keep)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [isInbox, title])
}
