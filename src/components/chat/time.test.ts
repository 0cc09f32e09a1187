import { describe, expect, it } from 'vitest'
import { formatsOf, isSameDay } from './time.ts'

const local = (day: number, hour: number, minute = 0, month = 11) =>
  new Date(2026, month - 1, day, hour, minute).toISOString()
const now = Date.parse(local(22, 12))
const fa = formatsOf('fa')
const en = formatsOf('en')

describe('the time in a list', () => {
  it('grows coarser with age', () => {
    const ages = [
      local(22, 11, 59.5),
      local(22, 11, 55),
      local(22, 9, 40),
      local(21, 23),
      local(19, 8),
      local(2, 8),
    ]
    expect(ages.slice(1).map((at) => en.brief(at, now))).toEqual([
      '5m',
      '09:40',
      'yesterday',
      'Thursday',
      '2 Nov',
    ])
    expect(ages.slice(1).map((at) => fa.brief(at, now))).toEqual([
      '۵ دقیقه',
      '۰۹:۴۰',
      'دیروز',
      'پنجشنبه',
      '۱۱ آبان',
    ])
  })

  it('says "now" for what just came, also from a clock that is a little ahead', () => {
    expect(en.brief(new Date(now + 2_000).toISOString(), now)).toBe('now')
    expect(fa.brief(new Date(now).toISOString(), now)).toBe('اکنون')
  })
})

describe('the line above a day', () => {
  it('is in the calendar of the language', () => {
    expect(en.day(local(22, 10), now)).toBe('Today, 22 November')
    expect(fa.day(local(22, 10), now)).toBe('امروز، ۱ آذر')
    expect(fa.day(local(21, 10), now)).toBe('دیروز، ۳۰ آبان')
  })

  it('names the year when that is another one', () => {
    expect(en.day(new Date(2024, 0, 5).toISOString(), now)).toBe('5 January 2024')
    expect(fa.day(new Date(2026, 2, 1).toISOString(), now)).toBe('۱۰ اسفند ۱۴۰۴')
  })
})

it('two sides of midnight are two days', () => {
  expect(isSameDay(local(22, 0, 1), local(22, 23, 59))).toBe(true)
  expect(isSameDay(local(21, 23, 59), local(22, 0, 1))).toBe(false)
})

it('says everything of an instant in the order of the language', () => {
  expect(fa.full(local(22, 10, 42))).toBe('یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۰:۴۲')
  expect(en.full(local(22, 10, 42))).toBe('Sunday, 22 November 2026 at 10:42')
})
