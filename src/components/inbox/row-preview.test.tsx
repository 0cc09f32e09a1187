// @vitest-environment happy-dom
import { cleanup } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { Message } from '../../server/contract/message.ts'
import { renderIn } from '../chat/words.testing.tsx'
import { RowPreview } from './row-preview.tsx'

afterEach(cleanup)

const removed: Message = {
  id: 'm1',
  conversationId: 'c1',
  seq: 1,
  type: 'customer',
  kind: 'text',
  content: '',
  clientId: null,
  author: null,
  createdAt: '2026-11-22T07:00:00.000Z',
  editedAt: null,
  deletedAt: '2026-11-22T08:00:00.000Z',
  feedback: 'none',
  feedbackComment: '',
  feedbackAt: null,
  delivery: null,
}
const show = (isErased: boolean, draft?: string, message = removed) =>
  renderIn(
    'en',
    <RowPreview
      message={message}
      isErased={isErased}
      draft={draft}
      typing={undefined}
      selfId={1}
      pending={undefined}
    />,
  ).container.textContent

it('tells a message that was removed from a customer who was erased', () => {
  expect(show(false)).toBe('Removed their message')
  cleanup()
  expect(show(true)).toBe('Data erased')
})

it('shows no draft to somebody who was erased', () => {
  expect(show(true, 'about your order')).toBe('Data erased')
})

const answer: Message = { ...removed, type: 'support', content: 'Is five fine?', deletedAt: null }

it('says how a customer reacted to what we said last, and nothing of how we did', () => {
  const reacted = (by: 'customer' | 'agent') => ({ ...answer, extras: { reactions: [{ by, emoji: '👍' }] } })
  expect(show(false, undefined, reacted('customer'))).toMatch(/^Reacted .*👍.* to .*Is five fine\?/u)
  cleanup()
  expect(show(false, undefined, reacted('agent'))).toBe('Team:Is five fine?')
})
