import { describe, expect, it } from 'vitest'
import { splitLinks } from './links.ts'

const links = (text: string) => splitLinks(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []))

describe('addresses in a message', () => {
  it('are found in Persian text and end before its punctuation', () => {
    expect(links('سلام، https://example.com/a?b=1، ممنون.')).toEqual(['https://example.com/a?b=1'])
    expect(links('(نگاه کنید به example.com)')).toEqual(['http://example.com'])
  })

  it('give the whole text back', () => {
    const text = 'به mail@example.com بنویسید یا https://peyk.example/راهنما را ببینید'
    expect(
      splitLinks(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
  })

  it('can open a page or a mail, and start nothing else', () => {
    expect(links('javascript:alert(1) data:text/html,x ftp://a.example //evil.example/x vbscript:x')).toEqual(
      [],
    )
    expect(links('mailto:a@example.com')).toEqual(['mailto:a@example.com'])
  })
})
