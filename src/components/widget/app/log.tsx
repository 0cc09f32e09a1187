/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { WidgetMessage } from '../../../server/contract/widget.ts'
import { displayLine, displayText } from '../../ui/display-text.ts'
import { Bubble, PendingBubble } from './bubble.tsx'
import type { Chat, ChatState } from './chat.ts'
import { CheckIcon, ReadIcon } from './icons.tsx'
import { fill, type Words } from './words.ts'

/** So far from the end one still reads the end. */
const NEAR_END_PX = 80
const GROUP_MS = 5 * 60_000

interface Props {
  chat: Chat
  state: ChatState
  words: Words
  greeting: string
  isOpen: boolean
}

/** The conversation, told to screen readers as it grows. */
export const Log = ({ chat, state, words, greeting, isOpen }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const heightBefore = useRef(0)
  const [isNear, setNear] = useState(true)
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {}
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX
    setNear(isAtEnd.current)
  }
  const { messages, pending } = state
  const first = messages[0]?.seq
  // Older messages push the ones that are read down: what is on the screen stays there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever makes the log grow moves it.
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    if (isAtEnd.current) element.scrollTop = element.scrollHeight
    else if (heightBefore.current > 0) element.scrollTop += element.scrollHeight - heightBefore.current
    heightBefore.current = 0
  }, [messages.length, pending.length, first, state.typing, isOpen])
  // A banner above, or a field below that grows: whoever reads the end goes on reading it.
  useEffect(() => {
    const element = box.current
    if (!element) return
    const watcher = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight
    })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  useEffect(() => {
    const look = () => chat.look(isOpen && isNear && document.visibilityState === 'visible')
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [chat, isOpen, isNear])
  const older = () => {
    heightBefore.current = box.current?.scrollHeight ?? 0
    isAtEnd.current = false
    chat.older()
  }
  const owed = pending.filter(({ clientId }) => !messages.some(({ client_id }) => client_id === clientId))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <div class="log" ref={box} onScroll={onScroll} role="log" aria-label={words.thread.log} tabIndex={0}>
      {state.hasOlder && (
        <button type="button" class="older" onClick={older}>
          {words.thread.older}
        </button>
      )}
      <ol class="rows">
        {greeting && !state.hasOlder && (
          <li class="row theirs first">
            <div class="bubble">
              <p dir="auto" class="text own-way">
                {displayText(greeting)}
              </p>
            </div>
          </li>
        )}
        {messages.map((message, index) => (
          <Dated key={message.id} message={message} before={messages[index - 1]} words={words} />
        ))}
        {owed.map((entry) => (
          <PendingBubble
            key={entry.clientId}
            entry={entry}
            words={words}
            onRetry={() => chat.outbox.retry(entry.clientId)}
            onDiscard={() => chat.outbox.discard(entry.clientId)}
          />
        ))}
      </ol>
      {owed.length === 0 && (
        <Mark message={messages.findLast(({ from }) => from === 'visitor')} state={state} words={words} />
      )}
      {state.typing !== null && (
        <p class="typing">
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span class="hidden">
            {state.typing
              ? fill(words.thread.typing, { name: displayLine(state.typing) })
              : words.thread.someone}
          </span>
        </p>
      )}
    </div>
  )
}

const dayOf = (at: string) => new Date(at).toDateString()

const Dated = ({
  message,
  before,
  words,
}: {
  message: WidgetMessage
  before?: WidgetMessage
  words: Words
}) => {
  const isNewDay = !before || dayOf(before.created_at) !== dayOf(message.created_at)
  const isFar = !before || Date.parse(message.created_at) - Date.parse(before.created_at) > GROUP_MS
  const isFirst = isNewDay || isFar || before.from !== message.from || before.name !== message.name
  return (
    <>
      {isNewDay && <li class="day">{dayName(message.created_at, words)}</li>}
      <Bubble message={message} words={words} isFirst={isFirst} />
    </>
  )
}

const DAY_MS = 86_400_000

function dayName(at: string, words: Words): string {
  const now = Date.now()
  if (dayOf(at) === new Date(now).toDateString()) return words.thread.today
  return dayOf(at) === new Date(now - DAY_MS).toDateString() ? words.thread.yesterday : words.day(at)
}

/** Below the visitor's newest message, while nobody has said anything after it. */
const Mark = ({ message, state, words }: { message?: WidgetMessage; state: ChatState; words: Words }) => {
  if (!message || state.messages.at(-1)?.id !== message.id) return null
  const isRead = message.seq <= state.readUpTo
  return (
    <p class={`mark ${isRead ? 'read' : ''}`}>
      {isRead ? <ReadIcon /> : <CheckIcon />}
      <span>{isRead ? words.mark.read : words.mark.sent}</span>
      <time dateTime={message.created_at}>{words.time(message.created_at)}</time>
    </p>
  )
}
