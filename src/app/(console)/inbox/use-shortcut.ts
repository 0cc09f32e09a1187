import { useEffect, useRef } from 'react'
import type { Shortcut } from '../../../components/inbox/shortcuts.ts'
import { SHORTCUT_EVENT } from '../use-console-keys.tsx'

type Acts = Partial<Record<Shortcut, () => void>>

/** Carries out the shortcuts that belong to what is on the screen. */
export const useShortcuts = (acts: Acts) => {
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    const onShortcut = (event: Event) => latest.current[(event as CustomEvent<Shortcut>).detail]?.()
    window.addEventListener(SHORTCUT_EVENT, onShortcut)
    return () => window.removeEventListener(SHORTCUT_EVENT, onShortcut)
  }, [])
}
