import { describe, expect, it } from 'vitest'
import { isShortened, linksIn, withoutLinks } from './links.ts'

describe('links in a text', () => {
  it.each([
    ['see https://a.example/x?y=1 now', ['https://a.example/x?y=1']],
    ['http://ahttp://b', ['http://a', 'http://b']],
    ['www.example.museum', ['www.example.museum']],
    ['سلامexample.com/xبیا', ['example.com/xبیا']],
    ['(bit.ly/abc) t.me/+xyz', ['bit.ly/abc)', 't.me/+xyz']],
    ['shop.example.ir', ['shop.example.ir']],
  ])('of %j are found', (text, links) => {
    expect(linksIn(text)).toEqual(links)
  })

  it.each([
    'sara@example.com',
    'version 1.2.3',
    'photo.jpg',
    'wait... ok',
    'a.company',
    '12.500.000',
    'http',
  ])('are not seen in %j', (text) => {
    expect(linksIn(text)).toEqual([])
  })

  it('do not count where they lead to the shop itself, but do where only the name is alike', () => {
    const own = ['shop.example.ir']
    expect(linksIn('https://www.shop.example.ir/p/1 shop.example.ir', own)).toEqual([])
    expect(linksIn('https://shop.example.ir.evil.top/p', own)).toHaveLength(1)
  })

  it('hide where they lead by a shortener or a private invitation, and not otherwise', () => {
    const hidden = ['https://bit.ly/a', 'www.tinyurl.com/a', 't.me/joinchat/abc', 'https://t.me/+abc']
    for (const link of hidden) expect(isShortened(link)).toBe(true)
    const open = ['https://rabbit.ly/a', 'https://t.me/someone', 'https://example.com/bit.ly', 'notbit.ly']
    for (const link of open) expect(isShortened(link)).toBe(false)
  })

  it('are taken out', () => {
    expect(withoutLinks('a https://b.example c').replace(/\s+/g, ' ')).toBe('a c')
  })
})
