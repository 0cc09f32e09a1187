'use client'

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** This close to the end counts as being there. */
const END_PX = 48
/** Where the line above new messages stands when a thread opens at it. */
const LINE_OFFSET_PX = 72

interface Anchor {
  key: string
  top: number
}

interface Input {
  /** Changes when another thread is shown. */
  threadKey: string
  /** Changes with everything that is drawn. */
  items: readonly unknown[]
  /** Grows when one sends, which always leads to the end. */
  sentCount: number
  isReady: boolean
}

interface ThreadScroll {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  isAtEnd: boolean
  onScroll: () => void
  jumpToEnd: () => void
}

/**
 * Keeps a thread still while it grows at either end: at its end it stays at the end, elsewhere the first message on the
 * screen stays where it is. A thread opens at the line above what is new, or at its end.
 */
export const useThreadScroll = ({ threadKey, items, sentCount, isReady }: Input): ThreadScroll => {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isPinned = useRef(true)
  const anchor = useRef<Anchor | null>(null)
  const countedSends = useRef(sentCount)
  const [isAtEnd, setIsAtEnd] = useState(true)

  const remember = useCallback(() => {
    const box = scroller.current
    if (!box) return
    isPinned.current = box.scrollHeight - box.scrollTop - box.clientHeight <= END_PX
    anchor.current = firstVisible(box)
    setIsAtEnd(isPinned.current)
  }, [])

  const settle = useCallback(() => {
    const box = scroller.current
    if (!box) return
    if (isPinned.current) box.scrollTop = box.scrollHeight
    else if (anchor.current) restore(box, anchor.current)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another thread opens at its own place, once it can be drawn.
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box || !isReady) return
    const line = box.querySelector<HTMLElement>('[data-item="new"]')
    box.scrollTop = line ? line.offsetTop - LINE_OFFSET_PX : box.scrollHeight
    remember()
  }, [threadKey, isReady])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn has changed, so the place is set again.
  useLayoutEffect(() => {
    settle()
    remember()
  }, [items])

  useLayoutEffect(() => {
    if (sentCount === countedSends.current) return
    countedSends.current = sentCount
    isPinned.current = true
    settle()
    remember()
  }, [sentCount, settle, remember])

  // Fonts, the phone's keyboard and a growing composer change heights without a rendering of ours.
  useEffect(() => {
    const observer = new ResizeObserver(settle)
    for (const element of [scroller.current, content.current]) if (element) observer.observe(element)
    return () => observer.disconnect()
  }, [settle])

  const jumpToEnd = useCallback(() => {
    isPinned.current = true
    settle()
    remember()
  }, [settle, remember])

  return { scroller, content, isAtEnd, onScroll: remember, jumpToEnd }
}

const itemsOf = (box: HTMLElement) => box.querySelectorAll<HTMLElement>('[data-item]')

/** Found by halves: a thousand messages must not be measured at each scroll event. */
const firstVisible = (box: HTMLElement): Anchor | null => {
  const items = itemsOf(box)
  const edge = box.getBoundingClientRect().top
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = items[middle]
    if (item && item.getBoundingClientRect().bottom > edge) high = middle
    else low = middle + 1
  }
  const item = items[low]
  return item ? { key: item.dataset.item ?? '', top: item.getBoundingClientRect().top - edge } : null
}

const restore = (box: HTMLElement, { key, top }: Anchor) => {
  const item = box.querySelector<HTMLElement>(`[data-item="${CSS.escape(key)}"]`)
  if (!item) return
  const moved = item.getBoundingClientRect().top - box.getBoundingClientRect().top - top
  if (Math.abs(moved) > 0.5) box.scrollTop += moved
}
