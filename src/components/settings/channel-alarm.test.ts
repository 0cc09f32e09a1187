import { describe, expect, it } from 'vitest'
import type { Channel } from '../../server/contract/channel.ts'
import { alarmOf } from './channel-alarm.ts'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')
const inDays = (days: number) => new Date(NOW + days * 86_400_000).toISOString()
const channel = (id: number, more: Partial<Channel> = {}): Channel => ({
  id,
  source: 'instagram',
  name: `Shop ${id}`,
  username: null,
  isConnect: true,
  stoppedReason: null,
  createdAt: inDays(-60),
  tokenExpiresAt: inDays(50),
  ...more,
})
const stopped = (id: number) => channel(id, { isConnect: false, stoppedReason: 'Unauthorized' })
const alarm = (channels: Channel[], putAway: string[] = []) =>
  alarmOf(channels, NOW, (key) => putAway.includes(key))

describe('the banner about channels', () => {
  it('is silent while they work, however long that is known to last', () => {
    const forEver = channel(2, { tokenExpiresAt: null })
    expect(alarm([channel(1), forEver, channel(3, { tokenExpiresAt: inDays(7.01) })])).toBeNull()
  })

  it('tells of access that ends within a week, the soonest first', () => {
    const channels = [channel(1, { tokenExpiresAt: inDays(7) }), channel(2, { tokenExpiresAt: inDays(0.5) })]
    expect(alarm(channels)).toMatchObject({ kind: 'ending', channel: { id: 2 }, days: 0, others: 1 })
    expect(alarm(channels.slice(0, 1))).toMatchObject({ kind: 'ending', days: 7, others: 0 })
    expect(alarm([channel(1, { tokenExpiresAt: inDays(-1) })])).toMatchObject({ kind: 'ending', days: 0 })
  })

  it('tells of a channel that stands still before anything else', () => {
    const channels = [channel(1, { tokenExpiresAt: inDays(1) }), stopped(2), stopped(3)]
    expect(alarm(channels)).toMatchObject({ kind: 'stopped', channel: { id: 2 }, others: 1 })
  })

  it('tells nothing twice that was put away, and of the next thing all the same', () => {
    const ending = channel(1, { tokenExpiresAt: inDays(1) })
    const channels = [ending, stopped(2)]
    const [worst] = [alarm(channels)?.key ?? '']
    expect(alarm(channels, [worst])).toMatchObject({ kind: 'ending', channel: { id: 1 } })
    expect(alarm(channels, [worst, `1 ${ending.tokenExpiresAt}`])).toBeNull()
    expect(alarm([stopped(3)], [worst])).toMatchObject({ channel: { id: 3 } })
  })
})
