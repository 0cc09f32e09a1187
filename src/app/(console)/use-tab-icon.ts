import { useEffect } from 'react'
import unread from './icon-unread.svg'

/** A dot on the tab's icon while somebody waits. Of several icons a browser takes the last. */
export const useTabIcon = (hasUnread: boolean) => {
  useEffect(() => {
    if (!hasUnread) return
    const icon = document.createElement('link')
    Object.assign(icon, { rel: 'icon', type: 'image/svg+xml', href: unread.src })
    document.head.append(icon)
    return () => icon.remove()
  }, [hasUnread])
}
