/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Chat } from './chat.ts'
import { AttachIcon, CloseIcon, FileIcon, SendIcon } from './icons.tsx'
import { type Carried, useFiles } from './use-files.ts'
import { fill, type Words } from './words.ts'

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
  /** Sent, as far as its writer goes: it leaves with the last of its files. */
  const [isWaiting, setWaiting] = useState(false)
  const files = useFiles(chat)
  const isReady = files.carried.every(({ state }) => state === 'ready')
  const hasFiles = files.carried.length > 0
  const isUploading = files.carried.some(({ state }) => state === 'uploading')
  const canSend = isReady && (text.trim() !== '' || hasFiles)
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
    setWaiting(isUploading)
    if (!canSend || isTooLong) return
    const isTaken = chat.say(text.trim() === '' ? '' : text, files.ids())
    setFull(!isTaken)
    if (isTaken) {
      setText('')
      files.clear()
    }
    field.current?.focus()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the files are waited for.
  useEffect(() => {
    if (isWaiting && !isUploading) send()
  }, [isWaiting, isUploading])
  const onInput = (value: string) => {
    setText(value)
    setWaiting(false)
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
      <Files carried={files.carried} words={words} onRemove={files.remove} />
      <div class="line">
        <label class="icon attach">
          <AttachIcon />
          <input
            type="file"
            multiple
            class="hidden"
            aria-label={words.composer.attach}
            onChange={(event) => {
              files.add([...(event.currentTarget.files ?? [])])
              event.currentTarget.value = ''
            }}
          />
        </label>
        <textarea
          ref={field}
          rows={1}
          // An empty field keeps the language's direction, so that its placeholder stands where one begins.
          dir={text === '' ? undefined : 'auto'}
          value={text}
          aria-label={words.composer.label}
          placeholder={words.composer.placeholder}
          onInput={(event) => onInput(event.currentTarget.value)}
          onBlur={() => chat.typed(false)}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])]
            if (pasted.length > 0) event.preventDefault()
            files.add(pasted)
          }}
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
          disabled={!(canSend || isUploading) || isTooLong}
          aria-busy={isWaiting}
        >
          <SendIcon />
        </button>
      </div>
    </form>
  )
}

const Files = ({
  carried,
  words,
  onRemove,
}: {
  carried: Carried[]
  words: Words
  onRemove(key: number): void
}) => (
  <ul class="files" hidden={carried.length === 0}>
    {carried.map(({ key, name, state }) => (
      <li key={key} class={state} role={state === 'failed' ? 'alert' : undefined}>
        {state === 'ready' ? <FileIcon /> : null}
        <span class="name">
          {state === 'ready' && <bdi>{name}</bdi>}
          {state === 'uploading' && fill(words.composer.uploading, { name })}
          {state === 'failed' && fill(words.composer.uploadFailed, { name })}
          {state === 'too_large' && fill(words.composer.tooLarge, { name, size: words.number(25) })}
        </span>
        <button
          type="button"
          class="icon"
          aria-label={fill(words.composer.remove, { name })}
          onClick={() => onRemove(key)}
        >
          <CloseIcon />
        </button>
      </li>
    ))}
  </ul>
)
