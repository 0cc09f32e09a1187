/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks'
import type { WidgetSettings } from '../../../server/contract/widget.ts'
import { Banner } from './banner.tsx'
import type { Chat } from './chat.ts'
import { Composer } from './composer.tsx'
import { Header } from './header.tsx'
import { Log } from './log.tsx'
import { type Store, useStore } from './store.ts'
import type { Words } from './words.ts'

export interface Surroundings {
  isOpen: boolean
  hasSound: boolean
}

interface Props {
  chat: Chat
  settings: WidgetSettings
  words: Words
  around: Store<Surroundings>
  onSound(): void
  onClose(): void
}

const REACHABLE = 'button:not([disabled]), textarea, a[href], [tabindex="0"]'

export const App = ({ chat, settings, words, around, onSound, onClose }: Props) => {
  const state = useStore(chat.state)
  const { isOpen, hasSound } = useStore(around)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose()
      if (event.key === 'Tab' && box.current) keepInside(box.current, event)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [onClose])
  return (
    <div class="app" ref={box} role="dialog" aria-label={settings.name}>
      <Header
        settings={settings}
        presence={state.presence}
        words={words}
        hasSound={hasSound}
        onSound={onSound}
        onClose={onClose}
      />
      <Banner state={state} words={words} />
      <Log chat={chat} state={state} words={words} greeting={settings.greeting} isOpen={isOpen} />
      <Composer chat={chat} words={words} isOpen={isOpen} />
    </div>
  )
}

/** Tab goes round; Escape is the way out. */
function keepInside(box: HTMLElement, event: KeyboardEvent) {
  const reachable = [...box.querySelectorAll<HTMLElement>(REACHABLE)]
  const [first, last] = [reachable[0], reachable.at(-1)]
  const isLeaving = event.shiftKey ? document.activeElement === first : document.activeElement === last
  if (!isLeaving) return
  event.preventDefault()
  const next = event.shiftKey ? last : first
  next?.focus()
}
