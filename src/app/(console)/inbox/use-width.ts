import { useSyncExternalStore } from 'react'

export type Width = 'phone' | 'tablet' | 'desk'

const DESK = '(min-width: 1280px)'
const TABLET = '(min-width: 768px)'

const subscribe = (listener: () => void) => {
  const queries = [DESK, TABLET].map((query) => window.matchMedia(query))
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    for (const query of queries) query.removeEventListener('change', listener)
  }
}

const read = (): Width => {
  if (window.matchMedia(DESK).matches) return 'desk'
  return window.matchMedia(TABLET).matches ? 'tablet' : 'phone'
}

/** How many panes there is room for: three and the details, the list and the thread, or one. */
export const useWidth = (): Width => useSyncExternalStore(subscribe, read, () => 'desk')
