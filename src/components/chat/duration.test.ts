import { expect, test } from 'vitest'
import { durationWords } from './duration.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test.each([
  [24 * HOUR, '24 hours', '۲۴ ساعت'],
  [23 * HOUR + 5 * MINUTE, '23 hours 5 minutes', '۲۳ ساعت و ۵ دقیقه'],
  [6 * 24 * HOUR, '6 days', '۶ روز'],
  [2 * 24 * HOUR + HOUR, '2 days 1 hour', '۲ روز و ۱ ساعت'],
  [59_000, '1 minute', '۱ دقیقه'],
  [0, '0 minutes', '۰ دقیقه'],
])('%i ms is told in both languages', (ms, en, fa) => {
  expect(durationWords(ms, 'en')).toBe(en)
  expect(durationWords(ms, 'fa')).toBe(fa)
})
