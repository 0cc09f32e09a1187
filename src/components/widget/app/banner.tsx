/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks'
import type { ChatState } from './chat.ts'
import type { Words } from './words.ts'

const SLOW_MS = 1_500
const BACK_MS = 2_000

/** Says that the connection is gone, not before that is worth saying, and that it is back. */
export const Banner = ({ state, words }: { state: ChatState; words: Words }) => {
  const [shown, setShown] = useState<'none' | 'cut' | 'back'>('none')
  const { phase } = state
  const isOpen = phase === 'open'
  useEffect(() => {
    if (isOpen) {
      setShown((before) => (before === 'cut' ? 'back' : 'none'))
      const timer = setTimeout(() => setShown('none'), BACK_MS)
      return () => clearTimeout(timer)
    }
    const timer = setTimeout(() => setShown('cut'), SLOW_MS)
    return () => clearTimeout(timer)
  }, [isOpen])
  const text =
    phase === 'refused'
      ? words.connection.refused
      : shown === 'cut'
        ? state.wasOpen
          ? words.connection.offline
          : words.connection.connecting
        : shown === 'back'
          ? words.connection.back
          : ''
  return (
    <p class={`banner ${shown === 'back' ? 'back' : ''}`} role="status" hidden={text === ''}>
      {text}
    </p>
  )
}
