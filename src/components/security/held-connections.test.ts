import { expect, it } from 'vitest'
import type { LiveConnection } from '../../server/contract/connection.ts'
import { holdConnections } from './held-connections.ts'

const connection = (id: string, lagBytes = 0): LiveConnection => ({
  id,
  kind: 'console',
  user: { id: 1, name: 'Sara' },
  conversation: null,
  workspaces: null,
  address: null,
  userAgent: '',
  device: { browser: null, system: null, form: 'program' },
  openedAt: '2026-01-01T00:00:00.000Z',
  lagBytes,
  node: 'web-1',
  isOwn: false,
})
const shownOf = (...ids: string[]) =>
  holdConnections(
    [],
    ids.map((id) => connection(id)),
    false,
  )
const brief = (rows: ReturnType<typeof shownOf>) => rows.map(({ id, isGone }) => (isGone ? `${id} gone` : id))

it('follows the server while nobody points at the list', () => {
  expect(brief(holdConnections(shownOf('b', 'a'), [connection('c'), connection('b')], false))).toEqual([
    'c',
    'b',
  ])
})

it('moves no row while somebody does: what closed says so in its place, what is new comes last', () => {
  const next = [connection('c'), connection('b', 2_048)]
  const rows = holdConnections(shownOf('a', 'b'), next, true)
  expect(brief(rows)).toEqual(['a gone', 'b', 'c'])
  expect(rows[1]?.lagBytes).toBe(2_048)
  expect(brief(holdConnections(rows, next, true))).toEqual(['a gone', 'b', 'c'])
  expect(brief(holdConnections(rows, next, false))).toEqual(['c', 'b'])
})
