// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { RatingBar } from './rating-bar.tsx'
import { renderIn } from './words.testing.tsx'

afterEach(cleanup)

const show = (rating: Parameters<typeof RatingBar>[0]['rating'], locale: 'fa' | 'en' = 'en') => {
  const onRate = vi.fn()
  renderIn(locale, <RatingBar rating={rating} onRate={onRate} />)
  return onRate
}
const button = (name: string | RegExp) => screen.getByRole('button', { name })

it('rates by one touch, in both languages', () => {
  const onRate = show({ feedback: 'none', comment: '' }, 'fa')
  fireEvent.click(button('پاسخ خوب'))
  expect(onRate).toHaveBeenCalledExactlyOnceWith('positive', '')
})

it('takes the rating back by the same thumb, and its comment with it', () => {
  const onRate = show({ feedback: 'negative', comment: 'Wrong price' })
  expect(button('Bad answer').getAttribute('aria-pressed')).toBe('true')
  fireEvent.click(button('Bad answer'))
  expect(onRate).toHaveBeenCalledExactlyOnceWith('none', '')
})

it('keeps the comment when one thinks otherwise', () => {
  const onRate = show({ feedback: 'negative', comment: 'Wrong price' })
  fireEvent.click(button('Good answer'))
  expect(onRate).toHaveBeenCalledExactlyOnceWith('positive', 'Wrong price')
})

it('says the comment, and asks for none before there is a rating', () => {
  show({ feedback: 'negative', comment: 'Wrong price' })
  expect(button('Comment: Wrong price')).toBeTruthy()
  cleanup()
  show({ feedback: 'none', comment: '' })
  expect(screen.queryByRole('button', { name: /omment/ })).toBeNull()
})

it('is one stop of Tab, and arrows walk in it', () => {
  show({ feedback: 'negative', comment: '' })
  const stops = screen.getAllByRole('button').filter(({ tabIndex }) => tabIndex === 0)
  expect(stops).toEqual([button('Bad answer')])
  button('Bad answer').focus()
  fireEvent.keyDown(button('Bad answer'), { key: 'ArrowRight' })
  expect(document.activeElement).toBe(button('Add a comment'))
  fireEvent.keyDown(button('Add a comment'), { key: 'ArrowDown' })
  expect(document.activeElement).toBe(button('Good answer'))
})
