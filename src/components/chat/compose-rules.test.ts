import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_CONSOLE_CONTENT } from '../../server/contract/limits.ts'
import { SendMessage } from '../../server/contract/message.ts'
import { isSendKey, measure, roomOf } from './compose-rules.ts'

const key = (change: object = {}) => ({
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...change,
})

describe('the key that sends', () => {
  it('is Enter, and Shift+Enter begins a line', () => {
    expect(isSendKey(key(), 'enter')).toBe(true)
    expect(isSendKey(key({ shiftKey: true }), 'enter')).toBe(false)
    expect(isSendKey(key({ key: 'a' }), 'enter')).toBe(false)
  })

  it('is Ctrl or Command and Enter for those who chose so, and for the others, too', () => {
    expect(isSendKey(key(), 'mod-enter')).toBe(false)
    expect(isSendKey(key({ ctrlKey: true }), 'mod-enter')).toBe(true)
    expect(isSendKey(key({ metaKey: true }), 'enter')).toBe(true)
  })

  it('never sends while an input method composes', () => {
    expect(isSendKey(key({ isComposing: true }), 'enter')).toBe(false)
    expect(isSendKey(key({ keyCode: 229 }), 'enter')).toBe(false)
    expect(isSendKey(key({ isComposing: true, ctrlKey: true }), 'mod-enter')).toBe(false)
  })
})

describe('a text', () => {
  it('of white space only is empty', () => {
    expect(measure(' \n\t\u00a0').obstacle).toBe('empty')
    expect(measure(' سلام ').obstacle).toBeNull()
  })

  it('is counted in characters as people see them, not in code units', () => {
    const full = '😀'.repeat(MAX_CONSOLE_CONTENT)
    expect(measure(full)).toEqual({ obstacle: null, left: 0 })
    expect(measure(`${full}😀`)).toEqual({ obstacle: 'too_long', left: -1 })
  })

  it('shows no counter while the limit is far', () => {
    expect(measure('سلام').left).toBeNull()
  })

  it('that must stay one message is held to what its platform takes in one', () => {
    const one = { max: 4_096, unit: 'utf16', formats: 'html' } as const
    expect(measure(`<b>${'a'.repeat(4_096)}</b>`, one).obstacle).toBeNull()
    expect(measure('a'.repeat(4_099), one)).toEqual({ obstacle: 'too_long', left: -3 })
    expect(measure('a'.repeat(4_099)).obstacle).toBeNull()
  })

  it('with half a character is refused before the server refuses it', () => {
    expect(measure('a\ud83d').obstacle).toBe('unstorable')
  })

  it('is measured as the server measures it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '\ud83d',
        'a\u0000',
        '😀'.repeat(MAX_CONSOLE_CONTENT),
        '😀'.repeat(MAX_CONSOLE_CONTENT + 1),
      ),
    )
    // White space at the edge of what Python and JavaScript call so is the server's to judge.
    const isPlain = (words: string) => words.trim() !== '' && !/^[\s\x1c-\x1f\x85\ufeff]*$/.test(words)
    fc.assert(
      fc.property(text.filter(isPlain), (content) => {
        const { success } = SendMessage.safeParse({ conversationId: 'c', clientId: 'x', content })
        return success === (measure(content).obstacle === null)
      }),
    )
  })
})

describe('the platform’s own limit', () => {
  const instagram = { max: 1_000, unit: 'bytes', formats: 'none' } as const

  it('is not spoken of while it is far, and never where it is not known', () => {
    expect(roomOf('س'.repeat(399), instagram)).toBeNull()
    expect(roomOf('x'.repeat(5_000), null)).toBeNull()
  })

  it('is counted in bytes on Instagram: half as many Persian letters', () => {
    expect(roomOf('س'.repeat(400), instagram)).toEqual({ parts: 1, left: 200, unit: 'bytes' })
    expect(roomOf('س'.repeat(500), instagram)).toEqual({ parts: 1, left: 0, unit: 'bytes' })
    expect(roomOf('x'.repeat(999), instagram)).toEqual({ parts: 1, left: 1, unit: 'bytes' })
  })

  it('makes several messages of a longer text', () => {
    expect(roomOf('س'.repeat(501), instagram)).toMatchObject({ parts: 2 })
    expect(roomOf('👩‍👩‍👧'.repeat(150), instagram)?.parts).toBeGreaterThan(2)
  })
})
