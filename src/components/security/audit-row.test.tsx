// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { AuditAction, type AuditEntry } from '../../server/contract/audit.ts'
import { formatsOf } from '../chat/time.ts'
import { renderIn } from '../chat/words.testing.tsx'
import { AuditRow } from './audit-row.tsx'

afterEach(cleanup)

const entry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  id: '1',
  at: '2026-11-22T07:00:00.000Z',
  actor: { kind: 'member', id: 1, name: 'Anna' },
  action: 'member.role_changed',
  target: 'user:7',
  before: { role: 'agent', since: 'May' },
  after: { role: 'admin', since: 'May' },
  address: '',
  ...change,
})
const show = (change: Partial<AuditEntry> = {}, locale: 'en' | 'fa' = 'en') =>
  renderIn(
    locale,
    <AuditRow entry={entry(change)} names={new Map([['8', 'Bob']])} formats={formatsOf(locale)} />,
  )

it('tells in words who did what to whom, and what it changed', () => {
  show()
  const row = screen.getByRole('listitem')
  expect(row.textContent).toContain('Changed a role person 7')
  expect(row.textContent).toContain('Anna')
  expect(row.querySelector('del')?.textContent).toBe('Agent')
  expect(row.querySelector('ins')?.textContent).toBe('Admin')
  expect(row.textContent).not.toContain('May')
})

it('names whom it was done to, where they are still here', () => {
  show({ target: 'user:8' })
  expect(screen.getByRole('listitem').textContent).toContain('Changed a role Bob')
})

it('says that data was kept for ever, not for nothing', () => {
  show({
    action: 'retention.changed',
    before: { days: null },
    after: { days: 400 },
  })
  expect(screen.getByRole('listitem').querySelector('del')?.textContent).toBe('for ever')
})

it('tells of keys, of the command line and of what happened by itself', () => {
  show({ actor: { kind: 'key', id: 3, name: 'Till' } })
  expect(screen.getByRole('listitem').textContent).toContain('Till, with an API key')
  cleanup()
  show({
    actor: { kind: 'system', id: null, name: 'Peyk' },
    action: 'retention.applied',
    target: 'workspace:1',
  })
  expect(screen.getByRole('listitem').textContent).toContain('Peyk, by itself')
})

it('shows an address only where it was told, and a detail it has no word for', () => {
  show({ address: '203.0.113.9', before: null, after: { colour: 'blue', isOn: true } })
  expect(screen.getByText('203.0.113.9')).toBeTruthy()
  expect(screen.getByText('colour')).toBeTruthy()
  expect(screen.getByText('yes')).toBeTruthy()
})

it.each(AuditAction.options)('has words for %s in both languages', (action) => {
  for (const locale of ['en', 'fa'] as const) {
    show({ action, before: null, after: null }, locale)
    expect(screen.getByRole('listitem').textContent).not.toContain('actions.')
    cleanup()
  }
})
