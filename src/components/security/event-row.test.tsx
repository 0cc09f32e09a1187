// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { NextIntlClientProvider } from 'next-intl'
import { afterEach, expect, it } from 'vitest'
import type { SecurityEventRow } from '../../server/contract/security-watch.ts'
import words from '../translations/security.en.json'
import { EventRow } from './event-row.tsx'

afterEach(cleanup)

const show = (kind: SecurityEventRow['kind'], isHere = true) => {
  const nobody = { user: null, address: null, by: null, network: null }
  const event = { id: '1', at: '2026-11-22T07:00:00.000Z', kind, count: 1, isHere, ...nobody }
  render(
    <NextIntlClientProvider locale="en" messages={words} timeZone="Asia/Tehran">
      <EventRow event={event} isBusy={false} onLetIn={() => {}} />
    </NextIntlClientProvider>,
  )
}

it('leads to the messages that are held here, and to none elsewhere', () => {
  show('spam_held')
  expect(screen.getByRole('link').getAttribute('href')).toBe('/spam')
  cleanup()
  show('spam_blocked')
  expect(screen.queryByRole('link')).toBeNull()
  cleanup()
  show('spam_held', false)
  expect(screen.queryByRole('link')).toBeNull()
})
