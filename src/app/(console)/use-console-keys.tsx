'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { type Shortcut, shortcutOf } from '../../components/inbox/shortcuts.ts'
import { cyclePanes } from './panes.ts'

const ShortcutSheet = dynamic(
  () => import('../../components/inbox/shortcut-sheet.tsx').then((module) => module.ShortcutSheet),
  { ssr: false },
)

const G_MS = 1_200
const SINGLE_KEYS_OFF = 'peyk.single-keys-off'

/** A shortcut that the page on the screen has to carry out. */
export const SHORTCUT_EVENT = 'peyk:shortcut'

/** The keyboard of the whole console, and the sheet that explains it. */
export const useConsoleKeys = () => {
  const router = useRouter()
  const [isOpen, setIsOpen] = useState(false)
  const [hasSingleKeys, setHasSingleKeys] = useState(() => localStorage.getItem(SINGLE_KEYS_OFF) === null)
  const pressedG = useRef(0)

  useEffect(() => {
    const act = (shortcut: Shortcut) => {
      if (shortcut === 'help') setIsOpen(true)
      else if (shortcut === 'pane' || shortcut === 'paneBack') cyclePanes(shortcut === 'pane' ? 1 : -1)
      else if (shortcut === 'goInbox') router.push('/inbox')
      else if (shortcut === 'goSettings') router.push('/settings')
      else window.dispatchEvent(new CustomEvent<Shortcut>(SHORTCUT_EVENT, { detail: shortcut }))
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isInDialog(event.target)) return
      const isTyping = isTextField(event.target)
      const afterG = Date.now() - pressedG.current < G_MS
      pressedG.current = event.code === 'KeyG' && !isTyping ? Date.now() : 0
      const shortcut = shortcutOf(event, { isTyping, afterG, hasSingleKeys })
      if (!shortcut) return
      event.preventDefault()
      act(shortcut)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [router, hasSingleKeys])

  const chooseSingleKeys = (isOn: boolean) => {
    setHasSingleKeys(isOn)
    if (isOn) localStorage.removeItem(SINGLE_KEYS_OFF)
    else localStorage.setItem(SINGLE_KEYS_OFF, '1')
  }
  const node = isOpen && (
    <ShortcutSheet
      open
      onOpenChange={setIsOpen}
      hasSingleKeys={hasSingleKeys}
      onSingleKeys={chooseSingleKeys}
    />
  )
  return { open: () => setIsOpen(true), node }
}

const isTextField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'))

const isInDialog = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('[role=dialog], [role=menu]') !== null
