// @vitest-environment happy-dom
import { act, cleanup } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { renderIn } from '../../../components/chat/words.testing.tsx'
import type { Message } from '../../../server/contract/message.ts'
import { conversation, message, second } from '../../_client/cast.testing.ts'
import { emptyMessage } from '../../_client/erased.ts'
import { Announcer } from './announcer.tsx'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const open = (first: readonly Message[] | null) => {
  const announcer = (messages: readonly Message[] | null) => (
    <Announcer conversation={conversation('Kim')} messages={messages} />
  )
  const { container, rerender } = renderIn('en', announcer(first))
  const show = (messages: readonly Message[]) => {
    rerender(announcer(messages))
    act(() => void vi.advanceTimersByTime(2_000))
    return container.textContent
  }
  return { show }
}

it('reads out what comes, and not what was there when it was opened', () => {
  const { show } = open(null)
  expect(show([message(1)])).toBe('')
  expect(show([message(1), message(2)])).toContain('پیام 2')
})

it('keeps no words of a message that was erased meanwhile', () => {
  const { show } = open([message(1)])
  expect(show([message(1), message(2)])).toContain('پیام 2')
  expect(show([message(1), emptyMessage(message(2), second(9))])).toBe('')
})
