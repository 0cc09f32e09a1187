// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Standing } from './delivery.ts'
import { MessageBubble } from './message-bubble.tsx'
import type { BubbleItem } from './thread-items.ts'
import { formatsOf } from './time.ts'
import { renderIn } from './words.testing.tsx'

afterEach(cleanup)

const bubble = (change: Partial<BubbleItem> = {}): BubbleItem => ({
  kind: 'bubble',
  key: 'm1',
  messageId: 'm1',
  clientId: null,
  side: 'in',
  by: 'customer',
  authorName: null,
  content: 'سلام',
  contentKind: 'text',
  attachments: [],
  isDeleted: false,
  isErased: false,
  isEdited: false,
  at: new Date(2026, 10, 22, 10, 30).toISOString(),
  standing: null,
  rating: null,
  startsGroup: true,
  endsGroup: true,
  ...change,
})
const show = (item: BubbleItem, locale: 'fa' | 'en' = 'en') => {
  const actions = {
    onRetry: vi.fn(),
    onDiscard: vi.fn(),
    onRate: vi.fn(),
    renderHistory: () => null,
    renderFiles: () => null,
  }
  const source = locale === 'fa' ? 'تلگرام' : 'Telegram'
  renderIn(
    locale,
    <MessageBubble bubble={item} actions={actions} formats={formatsOf(locale)} source={source} />,
  )
  return actions
}
const own = (standing: Standing, change: Partial<BubbleItem> = {}) =>
  bubble({ side: 'out', by: 'self', standing, clientId: 'client-1', ...change })

describe('the words of a customer', () => {
  it('are text, whatever they look like', () => {
    show(bubble({ content: '<img src=x onerror=alert(1)> <b>bold</b>' }))
    expect(screen.getByText('<img src=x onerror=alert(1)> <b>bold</b>')).toBeTruthy()
  })

  it('hold links that open elsewhere and give nothing away', async () => {
    show(bubble({ content: 'ببینید https://example.com/a' }))
    const link = await screen.findByRole('link', { name: 'https://example.com/a' })
    expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow')
    expect(link.getAttribute('target')).toBe('_blank')
  })

  it('find their own direction', () => {
    show(bubble({ content: 'hello' }), 'fa')
    expect(screen.getByText('hello').closest('[dir=auto]')).not.toBeNull()
  })

  it('of a kind that cannot be shown yet are named, with what came along', () => {
    show(bubble({ contentKind: 'voice', content: 'voice-12.ogg' }), 'fa')
    expect(screen.getByText('پیام صوتی')).toBeTruthy()
    expect(screen.getByText('voice-12.ogg')).toBeTruthy()
  })
})

describe('a message is called by who wrote it, when, and how it begins', () => {
  const spoken = () =>
    screen
      .getByRole('article')
      .getAttribute('aria-label')
      ?.replace(/[\u2068\u2069]/g, '')
  it.each<['fa' | 'en', Partial<BubbleItem>, string]>([
    ['en', { content: 'Where is it?' }, 'Customer, 10:30: Where is it?'],
    ['fa', { content: 'کجاست؟' }, 'مشتری، ۱۰:۳۰: کجاست؟'],
    ['en', { content: '', contentKind: 'voice' }, 'Customer, 10:30: Voice message'],
    ['en', { content: '', isDeleted: true }, 'Customer, 10:30: Removed by the customer'],
    [
      'fa',
      { content: '', extras: { placeholder: 'hologram' } },
      'مشتری، ۱۰:۳۰: پیامی که اینجا نشان‌دادنی نیست',
    ],
    ['en', { by: 'self', side: 'out', content: '<b>Two</b> left' }, 'You, 10:30: Two left'],
    ['en', { by: 'colleague', authorName: 'ali\u202e', content: 'ok' }, 'ali, 10:30: ok'],
    ['en', { by: 'self', standing: { step: 'failed', error: '' } }, 'You, 10:30, not delivered: سلام'],
  ])('%s %j', (locale, change, name) => {
    show(bubble(change), locale)
    expect(spoken()).toBe(name)
  })

  it('and no longer than that', () => {
    show(bubble({ content: '😀'.repeat(5_000) }))
    expect(spoken()?.length).toBeLessThan(110)
    expect(spoken()).toMatch(/😀…$/u)
  })
})

describe('the state of a message of ours is said in words', () => {
  it.each([
    ['en', { step: 'stored' }, 'Stored, on its way to Telegram. Show the delivery history'],
    ['en', { step: 'accepted' }, 'Accepted by Telegram. Show the delivery history'],
    ['en', { step: 'read' }, 'Read. Show the delivery history'],
    ['fa', { step: 'accepted' }, 'تلگرام پذیرفت. دیدن سرگذشت ارسال'],
    ['fa', { step: 'unconfirmed' }, 'تلگرام پاسخی نداد. دیدن سرگذشت ارسال'],
  ] as const)('%s %o', (locale, standing, name) => {
    show(own(standing), locale)
    expect(screen.getByRole('button', { name })).toBeTruthy()
  })

  it('also before it is stored, when there is no history', () => {
    show(own({ step: 'queued' }, { messageId: null }))
    expect(screen.getByRole('img', { name: 'On its way to Peyk' })).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })
})

describe('a message that was not delivered', () => {
  const failed: Standing = { step: 'failed', error: 'Forbidden: bot was blocked by the user' }

  it('says why in plain words, with the platform’s own beside them', () => {
    show(own(failed), 'fa')
    expect(screen.getByText(/مشتری ربات را مسدود کرده است/)).toBeTruthy()
    expect(screen.getByText('Forbidden: bot was blocked by the user')).toBeTruthy()
  })

  it('can be tried again, and not thrown away: it is stored', () => {
    const item = own(failed)
    const { onRetry } = show(item)
    fireEvent.click(screen.getByRole('button', { name: 'Retry' }))
    expect(onRetry).toHaveBeenCalledExactlyOnceWith(item)
    expect(screen.queryByRole('button', { name: 'Discard' })).toBeNull()
  })
})

describe('a message that the server refused', () => {
  it('can be tried again, copied and thrown away', () => {
    const { onDiscard } = show(own({ step: 'refused', error: 'rate_limited' }, { messageId: null }))
    expect(screen.getByText(/Too many messages/)).toBeTruthy()
    const names = screen.getAllByRole('button').map((button) => within(button).getByText(/./).textContent)
    expect(names).toEqual(['Retry', 'Copy', 'Discard'])
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }))
    expect(onDiscard).toHaveBeenCalledExactlyOnceWith('client-1')
  })
})
