import { expect, it } from 'vitest'
import { readOrigins } from './website-origins.ts'

it('reads addresses as people paste them, each once', () => {
  expect(
    readOrigins(' https://Shop.Example/\nshop.example  http://localhost:3000 \n\n https://چای.example'),
  ).toEqual({
    origins: ['https://shop.example', 'http://localhost:3000', 'https://xn--mgb3qph.example'],
  })
  expect(readOrigins('')).toEqual({ origins: [] })
})

it.each([
  'https://shop.example/cart',
  'shop',
  '*.shop.example/x',
  'ftp://x.y',
  'javascript:alert(1)',
  'https://',
])('says that %s is none', (wrong) => expect(readOrigins(`https://a.example\n${wrong}`)).toEqual({ wrong }))
