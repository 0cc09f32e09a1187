'use client'

import { useRef } from 'react'

/** Gives the focus back to what had it before something opened above the page: Radix does so for its own triggers only. */
export const useFocusReturn = (isOpen: boolean) => {
  const before = useRef<Element | null>(null)
  const wasOpen = useRef(false)
  // While rendering, because a field inside may take the focus before any effect runs.
  if (isOpen && !wasOpen.current) before.current = document.activeElement
  wasOpen.current = isOpen
  return (event: Event) => {
    if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return
    event.preventDefault()
    before.current.focus()
  }
}
