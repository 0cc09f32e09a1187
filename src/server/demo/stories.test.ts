import { expect, it } from 'vitest'
import { TOLD_OF } from './people.ts'
import { STORIES } from './stories.ts'

it('tells each story of somebody of its own, from the oldest line to the newest', () => {
  const tellers = STORIES.map(({ chatId }) => chatId)
  expect(new Set(tellers).size).toBe(STORIES.length)
  expect(TOLD_OF.map(({ chatId }) => chatId)).toEqual(expect.arrayContaining(tellers))
  for (const { chatId, lines } of STORIES) {
    const times = lines.map(({ ago }) => ago)
    expect(times, String(chatId)).toEqual([...times].sort((a, b) => b - a))
    expect(times.at(-1), String(chatId)).toBeGreaterThan(0)
  }
})

it('shows what an inbox holds: read and waiting, failed and closed, of today and of weeks ago', () => {
  expect(STORIES.filter(({ read, lines }) => (read ?? lines.length) < lines.length)).not.toHaveLength(0)
  expect(STORIES.filter(({ isClosed }) => isClosed)).toHaveLength(1)
  const blocked = STORIES.filter(({ hasBlocked }) => hasBlocked)
  expect(blocked.map(({ lines }) => lines.at(-1)?.by)).toEqual(['sara'])
})

it('tells of every way to write', () => {
  const told = STORIES.map(({ chatId }) => TOLD_OF.find((person) => person.chatId === chatId)?.platform)
  expect(new Set(told)).toEqual(new Set(['telegram', 'instagram', 'website']))
})
