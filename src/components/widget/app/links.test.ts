import { expect, it } from 'vitest'
import { splitLinks } from './links.ts'

const linksIn = (text: string) => splitLinks(text).flatMap(({ href }) => href ?? [])

it('finds pages and mail addresses, without the marks that end a sentence', () => {
  expect(linksIn('See https://shop.example/a?b=1, or www.shop.example. Ask hi@shop.example!')).toEqual([
    'https://shop.example/a?b=1',
    'https://www.shop.example',
    'mailto:hi@shop.example',
  ])
  expect(linksIn('این را ببینید: https://shop.example/چای؟')).toEqual(['https://shop.example/چای'])
})

it.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  '//shop.example',
  'https://',
  'a@b',
  'ftp://x.y',
])('makes no link of %s', (text) => expect(linksIn(text)).toEqual([]))

it('loses no character', () => {
  for (const text of ['', 'x', 'a https://b.c d', 'https://b.c', '<b>www.a.b</b>'])
    expect(
      splitLinks(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
})
