import { describe, expect, it } from 'vitest'
import { displayLine, displayText, ownDirection } from './display-text.ts'

describe('a text that is shown', () => {
  it('cannot turn what surrounds it around', () => {
    expect(displayText('invoice_\u202Efdp.exe\u202C')).toBe('invoice_fdp.exe')
    expect(displayText('\u2066a\u2069\u2067b\u2068')).toBe('ab')
  })

  it('has a direction of its own only where it has letters', () => {
    for (const text of ['سلام', 'hi 😍', '۱۲ m']) expect(ownDirection(text)).toBe('auto')
    for (const text of ['😍😍', '۱۲ + 3', '…']) expect(ownDirection(text)).toBeUndefined()
  })

  it('keeps the joiners that Persian and emoji need', () => {
    expect(displayText('می\u200cخواهم 👩\u200d👩\u200d👧')).toBe('می\u200cخواهم 👩\u200d👩\u200d👧')
  })

  it('keeps its lines and shows other control characters', () => {
    expect(displayText('a\r\nb\tc\u0007')).toBe('a\nb\tc\u2407')
  })

  it('is one line in a row of the list', () => {
    expect(displayLine(' سلام\n\n وقت  بخیر ')).toBe('سلام وقت بخیر')
  })
})
