import { codePoints, isUnstorable, strip } from '../../server/contract/characters.ts'
import { MAX_CONSOLE_CONTENT } from '../../server/contract/limits.ts'
import { lengthFor, splitText, type TextLimit } from '../../server/contract/split.ts'

export type SendKey = 'enter' | 'mod-enter'

/** The counter shows itself from here on. */
const COUNT_FROM = MAX_CONSOLE_CONTENT * 0.9

/** Why a text cannot be sent as it is; null where it can. */
export type Obstacle = 'empty' | 'too_long' | 'unstorable' | null

interface Measure {
  obstacle: Obstacle
  /** Characters left, negative beyond the limit; null while the limit is far. */
  left: number | null
}

/** `one`: what the platform takes in one message, where the text may not be split. */
export const measure = (text: string, one: TextLimit | null = null): Measure => {
  // Code points are at most as many as code units, so a short text need not be counted at each key.
  const length = text.length < COUNT_FROM ? text.length : codePoints(text)
  const left = length >= COUNT_FROM ? MAX_CONSOLE_CONTENT - length : null
  if (left !== null && left < 0) return { obstacle: 'too_long', left }
  const over = one === null || isFar(text, one) ? 0 : lengthFor(text, one) - one.max
  if (over > 0) return { obstacle: 'too_long', left: -over }
  if (strip(text) === '') return { obstacle: 'empty', left }
  return { obstacle: isUnstorable(text) ? 'unstorable' : null, left }
}

/** How a text meets its platform's limit for one message. */
export interface Room {
  parts: number
  left: number
  unit: TextLimit['unit']
}

/** Null while the limit is far: nobody needs to count then. */
export const roomOf = (text: string, limit: TextLimit | null): Room | null => {
  if (limit === null || isFar(text, limit)) return null
  const length = lengthFor(text, limit)
  if (length < limit.max * ROOM_FROM) return null
  const parts = length > limit.max ? splitText(text, limit).length : 1
  return { parts, left: Math.max(0, limit.max - length), unit: limit.unit }
}
const ROOM_FROM = 0.8
// No unit counts more than three for one code unit, so a short text need not be measured at each key.
const isFar = (text: string, { max }: TextLimit) => text.length * 3 < max * ROOM_FROM

interface Key {
  key: string
  keyCode: number
  isComposing: boolean
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

// While an input method composes, Enter chooses a word. Safari ends the composition before the key arrives and marks it 229.
const IME_KEY_CODE = 229

/** Whether a key means "send". Never while an input method composes. */
export const isSendKey = (event: Key, sendKey: SendKey): boolean => {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === IME_KEY_CODE) return false
  if (event.ctrlKey || event.metaKey) return !event.shiftKey && !event.altKey
  return sendKey === 'enter' && !event.shiftKey && !event.altKey
}
