import { useState } from 'react'
import type { InboxAddress } from './use-inbox-address.ts'
import type { Width } from './use-width.ts'

const STORED = 'peyk.panel-closed'

export interface Panel {
  isOpen: boolean
  toggle: () => void
  close: () => void
}

/**
 * Whether the details are shown. Beside the thread that is a habit, which the browser remembers; over it, a place one
 * goes to and comes back from, which is in the address.
 */
export const usePanel = (
  address: InboxAddress,
  go: (change: Partial<InboxAddress>) => void,
  width: Width,
): Panel => {
  const [isBeside, setIsBeside] = useState(() => localStorage.getItem(STORED) === null)
  const isOver = width !== 'desk'
  const setBeside = (isOpen: boolean) => {
    setIsBeside(isOpen)
    if (isOpen) localStorage.removeItem(STORED)
    else localStorage.setItem(STORED, '1')
  }
  const close = () => {
    if (!isOver) setBeside(false)
    else if (address.hasPanelOver) window.history.back()
  }
  const open = () => (isOver ? go({ hasPanelOver: true }) : setBeside(true))
  const isOpen = isOver ? address.hasPanelOver : isBeside
  return { isOpen, toggle: isOpen ? close : open, close }
}
