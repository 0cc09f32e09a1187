'use client'

import { useEffect, useState } from 'react'

interface Props {
  until: string
  /** The words for so many seconds. */
  children: (seconds: number) => string
}

/** Seconds that run down to an instant. */
export const Countdown = ({ until, children }: Props) => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return children(Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000)))
}
