// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { renderIn } from '../chat/words.testing.tsx'
import { EraseDialog } from './erase-dialog.tsx'

afterEach(cleanup)

const open = (change: { isBusy?: boolean } = {}, locale: 'en' | 'fa' = 'en') => {
  const onConfirm = vi.fn()
  const props = { name: 'Kim', isBusy: false, refusal: null, onClose: () => {}, onConfirm, ...change }
  renderIn(locale, <EraseDialog {...props} />)
  return { onConfirm, input: screen.getByRole('textbox') }
}

it.each([
  ['en', 'erase'],
  ['fa', 'پاک شود'],
] as const)('asks for a word before it erases: %s', (locale, word) => {
  const { onConfirm, input } = open({}, locale)
  const form = input.closest('form') as HTMLFormElement
  fireEvent.submit(form)
  fireEvent.change(input, { target: { value: 'Kim' } })
  fireEvent.submit(form)
  expect(onConfirm).not.toHaveBeenCalled()
  fireEvent.change(input, { target: { value: ` ${word.toUpperCase()} ` } })
  fireEvent.submit(form)
  expect(onConfirm).toHaveBeenCalledOnce()
})

it('erases once, however often it is asked while it does', () => {
  const { onConfirm, input } = open({ isBusy: true })
  fireEvent.submit(input.closest('form') as HTMLFormElement)
  expect(onConfirm).not.toHaveBeenCalled()
  expect(screen.getByRole('status').textContent).toContain('Erasing')
})
