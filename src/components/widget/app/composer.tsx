/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Chat } from './chat.ts'
import { SendIcon } from './icons.tsx'
import type { Words } from './words.ts'

const MAX_CONTENT = 10_000
const MAX_HEIGHT_PX = 140

interface Props {
  chat: Chat
  words: Words
  isOpen: boolean
}

/** Enter sends, Shift and Enter make a line; while letters are composed, Enter is theirs. */
export const Composer = ({ chat, words, isOpen }: Props) => {
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [isFull, setFull] = useState(false)
  const isTooLong = [...text].length > MAX_CONTENT
  useEffect(() => {
    // On a phone the keyboard would cover what there is to read.
    if (isOpen && matchMedia('(pointer: fine)').matches) field.current?.focus()
  }, [isOpen])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field grows with its text.
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, MAX_HEIGHT_PX)}px`
  }, [text])
  const send = () => {
    if (text.trim() === '' || isTooLong) return
    const isTaken = chat.say(text)
    setFull(!isTaken)
    if (isTaken) setText('')
    field.current?.focus()
  }
  const onInput = (value: string) => {
    setText(value)
    chat.typed(value.trim() !== '')
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {(isTooLong || isFull) && (
        <p class="note" role="alert">
          {isTooLong ? words.composer.tooLong : words.composer.full}
        </p>
      )}
      <div class="line">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          aria-label={words.composer.label}
          placeholder={words.composer.placeholder}
          onInput={(event) => onInput(event.currentTarget.value)}
          onBlur={() => chat.typed(false)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            send()
          }}
        />
        <button
          type="submit"
          class="send"
          aria-label={words.composer.send}
          disabled={text.trim() === '' || isTooLong}
        >
          <SendIcon />
        </button>
      </div>
    </form>
  )
}
