// @vitest-environment happy-dom
import { cleanup } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderIn } from '../../../components/chat/words.testing.tsx'
import type { Message } from '../../../server/contract/message.ts'
import { conversation, message } from '../../_client/cast.testing.ts'
import { ChangeAnnouncer } from './change-announcer.tsx'

afterEach(cleanup)

const maryam = conversation('maryam')
const at = (messages: Message[]) => <ChangeAnnouncer conversation={maryam} messages={messages} />

it('reads out what the customer does to messages that are there, and nothing of what was so before', () => {
  const reactions = [{ by: 'customer' as const, emoji: '👍' }]
  const { container, rerender } = renderIn('en', at([message(1, { extras: { reactions } }), message(2)]))
  expect(container.textContent).toBe('')
  rerender(at([message(1), message(2, { extras: { reactions } })]))
  expect(container.textContent).toBe('maryam reacted with 👍')
  rerender(at([message(1, { deletedAt: message(1).createdAt }), message(2, { extras: { reactions } })]))
  expect(container.textContent).toBe('maryam removed a message')
})

it('is silent about our own reactions', () => {
  const { container, rerender } = renderIn('en', at([message(1)]))
  rerender(at([message(1, { extras: { reactions: [{ by: 'agent', emoji: '❤' }] } })]))
  expect(container.textContent).toBe('')
})
