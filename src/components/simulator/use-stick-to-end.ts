import { useCallback, useLayoutEffect, useRef, useState } from 'react'

// A reader this close to the end is at the end.
const NEAR_END_PX = 60

/** Keeps a log at its end while its reader is there; what one writes oneself always leads to the end. */
export const useStickToEnd = (count: number, own: number) => {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [isAtEnd, setIsAtEnd] = useState(true)

  const toEnd = useCallback(() => {
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
    atEnd.current = true
    setIsAtEnd(true)
  }, [])
  const onScroll = useCallback(() => {
    const element = box.current
    if (!element) return
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX
    if (atEnd.current) setIsAtEnd(true)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a message more is what this waits for.
  useLayoutEffect(() => {
    if (atEnd.current) toEnd()
    if (!atEnd.current) setIsAtEnd(false)
  }, [count, toEnd])
  useLayoutEffect(() => {
    if (own > 0) toEnd()
  }, [own, toEnd])

  return { box, isAtEnd, onScroll, toEnd }
}
