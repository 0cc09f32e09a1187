'use client'

import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useId,
  useLayoutEffect,
  useState,
} from 'react'
import type { TextLimit } from '../../server/contract/split.ts'
import { cx } from '../ui/cx.ts'
import { AttachButton } from './attach-button.tsx'
import { isSendKey, measure, roomOf, type SendKey } from './compose-rules.ts'
import { ComposerNote } from './composer-note.tsx'
import { tagOfKey, wrapSelection } from './format-keys.ts'
import { SendButton } from './send-button.tsx'

interface Props {
  /** What was begun here before. Give the composer a key per conversation: a draft never moves to another. */
  draft: string
  placeholder: string
  sendKey: SendKey
  inputRef: RefObject<HTMLTextAreaElement | null>
  number: (value: number) => string
  /** True where files go along, so that nothing need be written. */
  hasFiles: boolean
  /** Why nothing can be sent yet, because of the files. */
  wait: string | null
  tray: ReactNode
  /** Where it does not send, but saves. */
  sendLabel?: string
  /** Which message is answered or replaced. */
  head?: ReactNode
  /** True where tags are formatting, so that keys set them. */
  hasFormats?: boolean
  /** The arrow that leads up, in an empty box. */
  onUp?: () => void
  /** Null where the channel takes none. */
  onFiles: ((files: File[]) => void) | null
  /** How the customer's platform counts; null while it is not known. */
  limit?: TextLimit | null
  /** True where it may not become several messages. */
  isOneMessage?: boolean
  onDraft: (text: string) => void
  /** False where the message was not taken; the text then stays. */
  onSend: (text: string) => boolean
  onTyping: () => void
  onStopTyping: () => void
  onEscape: () => void
}

/** Where an answer is written. It grows with the text up to two fifths of the window. */
export const Composer = (props: Props) => {
  const { inputRef, sendKey } = props
  const [text, setText] = useState(props.draft)
  const limit = props.limit ?? null
  const measured = measure(text, props.isOneMessage ? limit : null)
  const { left } = measured
  const obstacle = measured.obstacle === 'empty' && props.hasFiles ? null : measured.obstacle
  const noteId = useId()
  useAutogrow(inputRef, text)

  const write = (next: string) => {
    setText(next)
    props.onDraft(next)
    if (next === '') props.onStopTyping()
    else props.onTyping()
  }
  const send = () => {
    inputRef.current?.focus()
    if (obstacle || props.wait || !props.onSend(text)) return
    setText('')
    props.onDraft('')
    props.onStopTyping()
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    // A copied table comes as a text and as a picture of it: the text is meant.
    if (!props.onFiles || files.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    props.onFiles(files)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { isComposing } = event.nativeEvent
    if (event.key === 'Escape' && !isComposing) return props.onEscape()
    if (event.key === 'ArrowUp' && text === '' && props.onUp && !isComposing && !isHeld(event)) {
      event.preventDefault()
      return props.onUp()
    }
    const tag = props.hasFormats && !isComposing ? tagOfKey(event) : null
    if (tag) {
      event.preventDefault()
      return wrapSelection(event.currentTarget, tag)
    }
    if (!isSendKey({ ...keyOf(event), isComposing }, sendKey)) return
    event.preventDefault()
    send()
  }

  return (
    <footer className="shrink-0 px-3 pb-[max(12px,env(safe-area-inset-bottom))] pane:px-5 pane:pb-4.5">
      <div
        className={cx(
          'rounded-box border bg-surface p-2 shadow-rest transition-[border-color] duration-120',
          obstacle === 'too_long' ? 'border-anar' : 'border-edge/35 focus-within:border-firuze',
        )}
      >
        {props.head}
        {props.tray}
        <div className="flex items-end gap-1">
          {props.onFiles && <AttachButton onFiles={props.onFiles} />}
          <textarea
            ref={inputRef}
            rows={1}
            dir={text === '' ? undefined : 'auto'}
            value={text}
            aria-label={props.placeholder}
            aria-describedby={noteId}
            aria-invalid={obstacle === 'too_long' || undefined}
            placeholder={props.placeholder}
            enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            onBlur={props.onStopTyping}
            onPaste={onPaste}
            className="max-h-[40dvh] min-h-8.5 flex-1 resize-none self-center overflow-y-auto bg-transparent px-2 py-1.25 text-base leading-6 outline-none [unicode-bidi:plaintext] coarse:min-h-11 coarse:py-2.5 coarse:text-lg"
          />
          <SendButton
            isOff={obstacle !== null || props.wait !== null}
            label={props.sendLabel}
            onSend={send}
          />
        </div>
      </div>
      <ComposerNote
        id={noteId}
        obstacle={obstacle}
        wait={props.wait}
        left={left}
        room={roomOf(text, limit)}
        isOneMessage={props.isOneMessage ?? false}
        sendKey={sendKey}
        number={props.number}
      />
    </footer>
  )
}

const isHeld = ({ shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent) =>
  shiftKey || altKey || ctrlKey || metaKey

const keyOf = ({ key, keyCode, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent) => ({
  key,
  keyCode,
  shiftKey,
  altKey,
  ctrlKey,
  metaKey,
})

/** Browsers without `field-sizing` are told the height. */
const useAutogrow = (input: RefObject<HTMLTextAreaElement | null>, text: string) => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = input.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [input, text])
}
