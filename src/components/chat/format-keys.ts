import type { FormatTag } from '../../server/contract/format.ts'

interface Key {
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

// By their place on the keyboard, so that they work on a Persian layout.
const TAGS: Record<string, FormatTag> = { KeyB: 'b', KeyI: 'i', KeyU: 'u', KeyE: 'code', KeyK: 'a' }

/** The tag that a key press puts around what is selected; null where it means something else. */
export const tagOfKey = ({ code, ctrlKey, metaKey, shiftKey, altKey }: Key): FormatTag | null =>
  (ctrlKey !== metaKey && !shiftKey && !altKey && TAGS[code]) || null

interface Wrapped {
  /** What stands instead of the selection. */
  text: string
  /** Where the caret goes, from the beginning of that text. */
  start: number
  end: number
}

const HREF = 'https://'

/** A selection with a pair of tags around it; one that has them already loses them. */
export const wrap = (selected: string, tag: FormatTag): Wrapped => {
  const opening = tag === 'a' ? `<a href="${HREF}">` : `<${tag}>`
  const closing = `</${tag}>`
  if (tag !== 'a' && selected.startsWith(opening) && selected.endsWith(closing)) {
    const text = selected.slice(opening.length, -closing.length)
    return { text, start: 0, end: text.length }
  }
  const text = opening + selected + closing
  const inHref = opening.length - 2
  if (tag === 'a' && selected !== '') return { text, start: inHref, end: inHref }
  return selected === ''
    ? { text, start: opening.length, end: opening.length }
    : { text, start: 0, end: text.length }
}

/** Puts tags into a text field as if they were typed, so that they can be undone. */
export const wrapSelection = (input: HTMLTextAreaElement, tag: FormatTag): void => {
  const { selectionStart, selectionEnd, value } = input
  const { text, start, end } = wrap(value.slice(selectionStart, selectionEnd), tag)
  const isTyped = document.execCommand?.('insertText', false, text) ?? false
  if (!isTyped) {
    input.setRangeText(text, selectionStart, selectionEnd, 'end')
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }
  input.setSelectionRange(selectionStart + start, selectionStart + end)
}
