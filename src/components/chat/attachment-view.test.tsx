// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { Attachment } from '../../server/contract/attachment.ts'
import { AttachmentView } from './attachment-view.tsx'
import { renderIn } from './words.testing.tsx'

afterEach(cleanup)

const link = {
  id: 'f1',
  url: '/files/f1?s=x',
  thumbUrl: '/files/f1?v=thumb',
  expiresAt: '2026-11-22T07:00:00.000Z',
}
const show = (change: Partial<Attachment> = {}, locale: 'fa' | 'en' = 'en', known = true) => {
  const attachment: Attachment = {
    id: 'f1',
    kind: 'image',
    name: 'holiday.jpg',
    mime: 'image/jpeg',
    size: 3_500_000,
    width: 1_600,
    height: 800,
    durationMs: null,
    state: 'ready',
    reason: null,
    hasThumb: true,
    ...change,
  }
  renderIn(locale, <AttachmentView attachment={attachment} link={known ? link : undefined} />)
}

it('shows a picture small, in a box that is kept for it, and large by a press', async () => {
  show()
  const image = screen.getByRole<HTMLImageElement>('img', { name: 'holiday.jpg' })
  expect([image.getAttribute('src'), image.width, image.height]).toEqual(['/files/f1?v=thumb', 320, 160])
  fireEvent.click(screen.getByRole('button', { name: 'Open the picture holiday.jpg' }))
  const dialog = await screen.findByRole('dialog', { name: 'holiday.jpg' }, { timeout: 15_000 })
  expect(dialog.querySelector('img')?.getAttribute('src')).toBe('/files/f1?s=x')
  fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('keeps the box while it is not known where the picture is', () => {
  show({}, 'en', false)
  expect(screen.queryByRole('img')).toBeNull()
  expect(screen.getByRole<HTMLButtonElement>('button').disabled).toBe(true)
})

it.each([
  ['an opaque file', { kind: 'file', mime: 'application/octet-stream', name: 'a\u202e.pdf' }],
  ['a drawing', { kind: 'image', mime: 'image/svg+xml', name: 'a.pdf' }],
  ['a picture that was sent as a file', { kind: 'file', mime: 'image/png', name: 'a.pdf' }],
] as const)('offers %s to be saved, and shows nothing of it', (_, change) => {
  show(change)
  const saved = screen.getByRole('link', { name: 'Download a.pdf 3.3 MB' })
  expect([saved.getAttribute('href'), saved.hasAttribute('download')]).toEqual(['/files/f1?s=x', true])
  expect(document.querySelector('img, video, audio, object, iframe')).toBeNull()
})

it('plays sounds and films by the browser’s own controls', () => {
  show({ kind: 'voice', mime: 'audio/ogg' })
  expect(document.querySelector('audio')?.getAttribute('aria-label')).toBe('Voice message: holiday.jpg')
  cleanup()
  show({ kind: 'video', mime: 'video/mp4' }, 'fa')
  expect(document.querySelector('video')?.getAttribute('aria-label')).toBe('ویدیو: holiday.jpg')
})

it.each([
  ['fa', { state: 'pending' }, 'در حال دریافت از پیام‌رسان…'],
  ['en', { state: 'failed', reason: 'gone' }, 'The platform no longer has it.'],
  ['en', { state: 'failed', reason: 'something new' }, 'It could not be copied from the platform.'],
] as const)('says in %s what became of one that is not here', (locale, change, words) => {
  show({ ...change, hasThumb: false }, locale)
  expect(screen.getByText(words)).toBeTruthy()
  expect(document.querySelector('img, a')).toBeNull()
})
