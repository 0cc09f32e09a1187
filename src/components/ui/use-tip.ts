'use client'

import { useEffect, useState } from 'react'
import { SIDES, type Side } from './tooltip-place.ts'

export interface Tip {
  label: string
  hint: string | undefined
  side: Side
  anchor: DOMRect
}

const DELAY_MS = 400
/** Moving along a row of icons shows each name at once. */
const SKIP_DELAY_MS = 250

/** What is explained now: the thing under the mouse after a moment, or the thing that the keyboard has reached. */
export const useTip = (): Tip | null => {
  const [tip, setTip] = useState<Tip | null>(null)
  useEffect(() => listen(setTip), [])
  return tip
}

const listen = (show: (tip: Tip | null) => void) => {
  let current: HTMLElement | null = null
  let timer: number | undefined
  let hiddenAt = Number.NEGATIVE_INFINITY
  let isShown = false

  const hide = () => {
    window.clearTimeout(timer)
    if (isShown) hiddenAt = performance.now()
    isShown = false
    show(null)
  }
  const open = (element: HTMLElement) => {
    isShown = element.isConnected
    if (isShown) show(tipOf(element))
  }
  const onPointerOver = (event: PointerEvent) => {
    const element = event.pointerType === 'mouse' ? tipped(event.target) : null
    if (element === current) return
    current = element
    hide()
    if (!element || isOpened(element)) return
    const isSoon = performance.now() - hiddenAt < SKIP_DELAY_MS
    timer = window.setTimeout(() => open(element), isSoon ? 0 : DELAY_MS)
  }
  const onFocusIn = ({ target }: FocusEvent) => {
    const element = tipped(target)
    hide()
    // Focus that a finger or a click has moved is not a question.
    if (element === target && element?.matches(':focus-visible') && !isOpened(element)) open(element)
  }
  const leaving = new AbortController()
  const options = { signal: leaving.signal, capture: true, passive: true }
  document.addEventListener('pointerover', onPointerOver, options)
  document.addEventListener('focusin', onFocusIn, options)
  for (const type of ['focusout', 'pointerdown', 'keydown', 'scroll'] as const)
    document.addEventListener(type, hide, options)
  document.documentElement.addEventListener('pointerleave', hide, { signal: leaving.signal })
  return () => {
    leaving.abort()
    hide()
  }
}

const tipped = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null

/** What it opens explains itself. */
const isOpened = (element: HTMLElement) => element.dataset.state === 'open'

const tipOf = (element: HTMLElement): Tip => ({
  label: element.dataset.tip ?? '',
  hint: element.dataset.tipHint,
  side: SIDES.find((side) => side === element.dataset.tipSide) ?? 'bottom',
  anchor: element.getBoundingClientRect(),
})
