// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { formatsOf } from '../chat/time.ts'
import { renderIn } from '../chat/words.testing.tsx'
import { RetentionForm } from './retention-form.tsx'
import { RetentionPreview } from './retention-preview.tsx'

afterEach(cleanup)

const open = (days: number | null, canSave = true) => {
  const [onChange, onSave] = [vi.fn(), vi.fn()]
  const props = { stored: null, days, canSave, isBusy: false, refusal: null, onChange, onSave }
  renderIn('en', <RetentionForm {...props}>what goes</RetentionForm>)
  return { onChange, onSave }
}

it('is not saved below the least, nor before it was seen what goes', () => {
  open(29)
  expect(screen.getByText(/^Choose between/)).toBeTruthy()
  expect(screen.getByRole('button', { name: /^Delete after/ }).hasAttribute('disabled')).toBe(true)
  cleanup()
  open(90, false)
  expect(screen.getByRole('button', { name: /^Delete after/ }).hasAttribute('disabled')).toBe(true)
  cleanup()
  const { onSave } = open(90)
  fireEvent.click(screen.getByRole('button', { name: 'Delete after 90 days' }))
  expect(onSave).toHaveBeenCalledOnce()
})

it('takes Persian digits', () => {
  const { onChange } = open(90)
  fireEvent.change(screen.getByRole('textbox'), { target: { value: '۴۵' } })
  expect(onChange).toHaveBeenLastCalledWith(45)
})

it('tells how much of how many would go', () => {
  const dates = { oldest: '2026-01-01T00:00:00.000Z', newest: '2026-02-01T00:00:00.000Z' }
  const preview = { conversations: 3, messages: 41, customers: 2, ofConversations: 12, ...dates }
  const props = { hasFailed: false, formats: formatsOf('en'), onRetry: () => {} }
  renderIn('en', <RetentionPreview preview={preview} {...props} />)
  expect(screen.getByText('3 of 12 conversations')).toBeTruthy()
  expect(screen.getByText('41')).toBeTruthy()
})
