// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { message, ownMessage } from '../../app/_client/cast.testing.ts'
import type { Message, MessageExtras } from '../../server/contract/message.ts'
import { MessageBubble } from './message-bubble.tsx'
import { type BubbleItem, threadItems } from './thread-items.ts'
import { formatsOf } from './time.ts'
import { renderIn } from './words.testing.tsx'

afterEach(cleanup)

const bubblesOf = (messages: Message[], formats: 'none' | 'html' = 'html') =>
  threadItems({ messages, pending: [], selfId: 1, newAfter: null, formats }).filter(
    (item): item is BubbleItem => item.kind === 'bubble',
  )
const show = (messages: Message[], locale: 'fa' | 'en' = 'en', formats: 'none' | 'html' = 'html') => {
  const onJump = vi.fn()
  const actions = {
    onRetry: vi.fn(),
    onDiscard: vi.fn(),
    onRate: vi.fn(),
    onJump,
    renderHistory: () => null,
    renderFiles: () => null,
  }
  const bubbles = bubblesOf(messages, formats).map((bubble) => (
    <MessageBubble
      key={bubble.key}
      bubble={bubble}
      actions={actions}
      formats={formatsOf(locale)}
      source="Telegram"
    />
  ))
  renderIn(locale, <div>{bubbles}</div>)
  return { onJump }
}
const with_ = (extras: MessageExtras, change: Partial<Message> = {}) => message(2, { extras, ...change })
const answering = (text: string, isOwn = false) => with_({ quote: { messageId: 'm1', isOwn, text } })

describe('what a message answers', () => {
  it('is quoted under its customer’s name, where that is known', () => {
    const messages = [message(1, { content: 'کجاست؟' }), answering('کجاست؟')]
    const items = threadItems({ messages, pending: [], selfId: 1, newAfter: null, customerName: 'مریم' })
    expect(items.at(-1)).toMatchObject({ quote: { by: 'customer', name: 'مریم' } })
  })

  it('is quoted, and leads to the original', () => {
    const { onJump } = show([message(1, { content: 'کجاست؟' }), answering('کجاست؟')])
    fireEvent.click(screen.getByRole('button', { name: /Show the message that was answered.*کجاست؟/ }))
    expect(onJump).toHaveBeenCalledExactlyOnceWith('m1')
  })

  it('is quoted as it reads now, and says so once it was taken back', () => {
    const edited = ownMessage(1, { content: 'new words', editedAt: '2026-11-22T08:00:00.000Z' })
    show([edited, answering('old words', true)])
    const quote = within(screen.getByRole('button', { name: /Show the message/ }))
    expect(quote.getByText('new words')).toBeTruthy()
    expect(quote.getByText('You')).toBeTruthy()
    cleanup()
    show([message(1, { content: '', deletedAt: '2026-11-22T08:00:00.000Z' }), answering('')], 'fa')
    expect(screen.getByText('پیام پاک‌شده')).toBeTruthy()
  })

  it('keeps the words that came along where the original is not at hand', () => {
    show([answering('said long ago')])
    expect(screen.getByText('said long ago').getAttribute('dir')).toBe('auto')
    cleanup()
    show([with_({ quote: { messageId: null, isOwn: false, text: 'elsewhere' } })])
    expect(screen.queryByRole('button', { name: /Show the message/ })).toBeNull()
  })

  it('is text, whatever it looks like', () => {
    show([answering('<img src=x onerror=alert(1)>\u202Eevil')])
    expect(screen.getByText('<img src=x onerror=alert(1)>evil')).toBeTruthy()
  })
})

describe('formatting', () => {
  const words = '<b>bold</b> <a href="https://peyk.test/a">there</a> <script>1</script>'

  it('of ours is drawn by the allow-list, and the rest of it stands as it was written', () => {
    show([ownMessage(1, { content: words })])
    expect(screen.getByText('bold').tagName).toBe('STRONG')
    expect(screen.getByRole('link', { name: 'there' }).getAttribute('rel')).toContain('noopener')
    expect(screen.getByText(/<script>1<\/script>/)).toBeTruthy()
    expect(document.querySelector('script')).toBeNull()
  })

  it('of a customer, and where the channel has none, stays literal', () => {
    show([message(1, { content: words })])
    expect(screen.getByText(/<b>bold<\/b>/)).toBeTruthy()
    cleanup()
    show([ownMessage(1, { content: '<b>bold</b>' })], 'en', 'none')
    expect(screen.getByText('<b>bold</b>')).toBeTruthy()
  })
})

describe('reactions', () => {
  it('say whose they are', () => {
    const reactions = [
      { by: 'customer' as const, emoji: '👍' },
      { by: 'agent' as const, emoji: '❤' },
    ]
    show([with_({ reactions })])
    const list = within(screen.getByRole('list', { name: 'Reactions' }))
    expect(list.getByRole('img', { name: 'The customer reacted with 👍' })).toBeTruthy()
    expect(list.getByRole('img', { name: 'Your team reacted with ❤' })).toBeTruthy()
  })
})

describe('what is no text', () => {
  it('is a place on a map that opens elsewhere, and loads nothing of it before', () => {
    const place = { latitude: 35.7, longitude: 51.4, title: 'دفتر', address: 'خیابان آزادی' }
    show([with_({ place }, { kind: 'location', content: 'دفتر' })], 'fa')
    expect(screen.getAllByText('دفتر')).toHaveLength(1)
    const link = screen.getByRole('link', { name: 'دیدن روی نقشه' })
    expect(link.getAttribute('href')).toBe(
      'https://www.openstreetmap.org/?mlat=35.70000&mlon=51.40000#map=16/35.70000/51.40000',
    )
    expect(document.querySelector('img, iframe')).toBeNull()
  })

  it('is a contact with a number to call, and never another kind of address', () => {
    const contact = { name: 'Reza', phone: '+98 (912) 000;ext=1' }
    show([with_({ contact }, { kind: 'share', content: 'Reza +98' })])
    expect(screen.getByRole('link').getAttribute('href')).toBe('tel:+989120001')
  })

  it.each([
    [{ story: 'reply' } as const, 'Replied to your story'],
    [{ share: { kind: 'reel', title: 'A reel', url: null } } as const, 'Shared a reel'],
    [{ via: 'instagram_app' } as const, 'from the Instagram app'],
    [{ isHumanAgent: true } as const, 'human agent'],
    [{ saidAt: '2026-11-20T12:00:00.000Z' }, /^written 20 November 2026/],
    [{ placeholder: 'poll' }, 'Poll'],
    [{ placeholder: 'unsupported' }, 'A message that cannot be shown here'],
  ])('%o is said in words', (extras, words) => {
    show([with_(extras, { content: 'Unsupported message' })])
    expect(screen.getByText(words)).toBeTruthy()
  })

  it('of a kind nobody knows has the platform’s word for it, and no English in Persian', () => {
    show([with_({ placeholder: 'paid_media' }, { content: 'Unsupported message' })], 'fa')
    expect(screen.getByText('paid media').tagName).toBe('BDI')
    expect(screen.queryByText('Unsupported message')).toBeNull()
  })
})

describe('a message that was taken back', () => {
  it.each([
    [message(1, { deletedAt: '2026-11-22T08:00:00.000Z' }), 'Removed by the customer'],
    [ownMessage(1, { deletedAt: '2026-11-22T08:00:00.000Z' }), 'Removed for everyone by your team'],
  ])('says by whom', (removed, words) => {
    show([removed])
    expect(screen.getByText(words)).toBeTruthy()
  })
})
