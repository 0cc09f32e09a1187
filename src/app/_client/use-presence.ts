import { useCallback, useEffect, useRef } from 'react'
import { useConsole } from './console-provider.tsx'
import { typersIn, viewersIn } from './signals.ts'
import { sameItems, useStore } from './store.ts'

/** Who else is writing in a conversation now, and who has it open. */
export const useCompany = (conversationId: string) => {
  const { feed, self } = useConsole()
  const typers = useStore(
    feed.signals,
    (signals) => typersIn(signals, conversationId, self.userId),
    sameItems,
  )
  const viewers = useStore(
    feed.signals,
    (signals) => viewersIn(signals, conversationId, self.userId),
    sameItems,
  )
  return { typers, viewers }
}

/** Tells colleagues which conversation is on this screen, for as long as it can be seen. */
export const useViewing = (conversationId: string | null) => {
  const { client, connection } = useConsole()
  const isOpen = useStore(connection.state, ({ phase }) => phase === 'open')
  useEffect(() => {
    if (!isOpen) return
    const tell = (id: string | null) =>
      void client.live.viewing.mutate({ conversationId: id }).catch(() => null)
    const onVisibility = () => tell(document.visibilityState === 'visible' ? conversationId : null)
    onVisibility()
    document.addEventListener('visibilitychange', onVisibility)
    return () => document.removeEventListener('visibilitychange', onVisibility)
  }, [client, conversationId, isOpen])
}

const REPEAT_MS = 3_000
const SILENCE_MS = 6_000

/** Says that one is typing, at most every three seconds, and that one stopped: on send, on leaving, after a silence. */
export const useTypingSignal = (conversationId: string) => {
  const { client, connection } = useConsole()
  const saidAt = useRef(0)
  const silence = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const say = useCallback(
    (isTyping: boolean) => {
      if (connection.state.get().phase !== 'open') return
      void client.live.typing.mutate({ conversationId, isTyping }).catch(() => null)
    },
    [client, connection, conversationId],
  )
  const stop = useCallback(() => {
    clearTimeout(silence.current)
    if (saidAt.current === 0) return
    saidAt.current = 0
    say(false)
  }, [say])
  const type = useCallback(() => {
    clearTimeout(silence.current)
    silence.current = setTimeout(stop, SILENCE_MS)
    if (Date.now() - saidAt.current < REPEAT_MS) return
    saidAt.current = Date.now()
    say(true)
  }, [say, stop])

  useEffect(() => stop, [stop])
  return { type, stop }
}
