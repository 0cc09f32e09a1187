import { useEffect, useState } from 'react'

const TICK_MS = 30_000

/** The present, fresh enough for "5 minutes ago". */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
