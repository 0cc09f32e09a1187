import { useEffect, useState } from 'react'
import { useConsole } from './console-provider.tsx'
import { useStore } from './store.ts'

export type Banner =
  | { kind: 'connecting' }
  | { kind: 'offline'; unsent: number }
  | { kind: 'caught-up'; messages: number }
  | null

/** A cut that heals sooner than this is nobody's concern. */
const GRACE_MS = 1_500
/** How long what was missed may take to come in. */
const CATCH_UP_MS = 1_500
const SHOWN_MS = 4_000

/** What the connection has to say to the person, if anything. */
export const useBanner = (): { banner: Banner; retry: () => void } => {
  const { connection, outbox } = useConsole()
  const { phase, since, failures } = useStore(connection.state, (state) => state)
  const unsent = useStore(
    outbox.entries,
    (entries) => entries.filter(({ state }) => state !== 'refused').length,
  )
  const isLate = useAfter(phase === 'open' ? null : since, GRACE_MS)
  const caughtUp = useCaughtUp(phase === 'open', isLate)
  if (phase !== 'open') {
    if (!isLate) return { banner: null, retry: connection.retryNow }
    const isOffline = failures > 1 || !navigator.onLine
    return {
      banner: isOffline ? { kind: 'offline', unsent } : { kind: 'connecting' },
      retry: connection.retryNow,
    }
  }
  return {
    banner: caughtUp === null ? null : { kind: 'caught-up', messages: caughtUp },
    retry: connection.retryNow,
  }
}

const useAfter = (since: number | null, ms: number): boolean => {
  const [passed, setPassed] = useState<number | null>(null)
  useEffect(() => {
    if (since === null) return setPassed(null)
    const timer = setTimeout(() => setPassed(since), Math.max(0, since + ms - Date.now()))
    return () => clearTimeout(timer)
  }, [since, ms])
  return since !== null && passed === since
}

/** The number of messages that came in while nothing could, for a few seconds after a cut that was noticed. */
const useCaughtUp = (isOpen: boolean, wasLate: boolean): number | null => {
  const { feed } = useConsole()
  const [cut, setCut] = useState(false)
  const [messages, setMessages] = useState<number | null>(null)
  useEffect(() => {
    if (!isOpen && wasLate) setCut(true)
  }, [isOpen, wasLate])
  useEffect(() => {
    if (!isOpen || !cut) return
    const before = feed.received.get()
    const count = setTimeout(() => setMessages(feed.received.get() - before), CATCH_UP_MS)
    const hide = setTimeout(() => {
      setMessages(null)
      setCut(false)
    }, CATCH_UP_MS + SHOWN_MS)
    return () => {
      clearTimeout(count)
      clearTimeout(hide)
      setMessages(null)
    }
  }, [isOpen, cut, feed])
  return messages
}
