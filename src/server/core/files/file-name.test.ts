import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanFileName } from './file-name.ts'

it.each([
  ['invoice.pdf', 'application/pdf', 'invoice.pdf'],
  ['عکس پروفایل.jpg', 'image/jpeg', 'عکس پروفایل.jpg'],
  ['می\u200cخواهم.png', 'image/png', 'می\u200cخواهم.png'],
  ['../../etc/passwd', 'application/octet-stream', 'passwd'],
  ['C:\\Users\\kim\\a.pdf', 'application/pdf', 'a.pdf'],
  ['a\r\nSet-Cookie: x.pdf', 'application/pdf', 'aSet-Cookie: x.pdf'],
  ['photo\u202egpj.exe', 'application/octet-stream', 'photogpj.exe'],
  ['\u2066a\u2069.txt', 'text/plain', 'a.txt'],
  ['.htaccess', 'application/octet-stream', 'htaccess'],
  ['...', 'application/octet-stream', 'file'],
  ['', 'image/png', 'image.png'],
  [null, 'audio/ogg', 'audio.ogg'],
  [null, 'application/pdf', 'file.pdf'],
  ['page.html', 'image/png', 'page.html.png'],
  ['IMG.JPEG', 'image/jpeg', 'IMG.JPEG'],
  ['a.tar.gz', 'application/gzip', 'a.tar.gz'],
  ['half \ud83d', 'text/plain', 'half'],
  ['\0', 'text/plain', 'text'],
])('makes %j of type %s %j', (given, mime, expected) => {
  expect(cleanFileName(given, mime)).toBe(expected)
})

it('cuts between signs, and keeps the ending', () => {
  const family = '👨‍👩‍👧‍👦'
  expect(cleanFileName(`${family.repeat(20)}.pdf`, 'application/pdf')).toBe(`${family.repeat(7)}.pdf`)
})

it('is short, plain and the same again, whatever was given', () => {
  const given = fc.string({ unit: 'binary', maxLength: 300 })
  const mimes = fc.constantFrom('image/png', 'application/octet-stream', 'video/mp4')
  fc.assert(
    fc.property(given, mimes, (name, mime) => {
      const clean = cleanFileName(name, mime)
      expect(new TextEncoder().encode(clean).length).toBeLessThanOrEqual(200)
      expect(clean).not.toMatch(/[\p{Cc}\p{Cs}/\\\u202a-\u202e\u2066-\u2069]/u)
      expect(clean).not.toBe('')
      expect(cleanFileName(clean, mime)).toBe(clean)
    }),
    { numRuns: 300 },
  )
})
