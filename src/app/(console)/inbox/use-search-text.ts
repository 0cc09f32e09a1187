import { useEffect, useState } from 'react'

const PAUSE_MS = 220

/** What stands in the search box, and its way into the address once the typing pauses. */
export const useSearchText = (search: string, onSearch: (search: string) => void) => {
  const [text, setText] = useState(search)
  const [seen, setSeen] = useState(search)
  // The address has changed by itself: back, forward, or a link.
  if (seen !== search) {
    setSeen(search)
    if (text.trim() !== search) setText(search)
  }
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === search) return
    const timer = setTimeout(() => onSearch(wanted), wanted === '' ? 0 : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, search, onSearch])
  return { text, setText }
}
