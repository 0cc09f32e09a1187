'use client'

import { useEffect, useState } from 'react'

const KEY = 'peyk.put-away'
/** Most that is remembered; the oldest goes first. */
const MOST = 50

/** What this tab was told to say no more, until it is closed. */
export const usePutAway = () => {
  const [keys, setKeys] = useState<string[]>([])
  useEffect(() => setKeys(read()), [])
  return {
    isPutAway: (key: string) => keys.includes(key),
    putAway(key: string) {
      const now = [...keys, key].slice(-MOST)
      setKeys(now)
      write(now)
    },
  }
}

// A browser that keeps nothing for us keeps it as long as the page is open.
function read(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}

function write(keys: string[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(keys))
  } catch {
    // See above.
  }
}
