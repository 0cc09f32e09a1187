'use client'

import { useEffect, useRef } from 'react'

/** Far enough that a page is there before one reaches it. */
const MARGIN = '800px 0px'

/** An invisible end of the thread: coming near it asks for what lies beyond. */
export const Edge = ({ isActive, onReach }: { isActive: boolean; onReach: () => void }) => {
  const element = useRef<HTMLDivElement>(null)
  const reach = useRef(onReach)
  reach.current = onReach
  useEffect(() => {
    if (!isActive || !element.current) return
    const root = element.current.closest<HTMLElement>('[data-scroller]')
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && reach.current(), {
      root,
      rootMargin: MARGIN,
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [isActive])
  return <div ref={element} aria-hidden className="h-px" />
}
