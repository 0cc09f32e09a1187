import { beforeEach, describe, expect, it } from 'vitest'
import type { Inbox } from '../../core/ports/inbox.ts'
import { type OpenStores, openChannel, openWorkspace, storesOf, times } from './stores.testing.ts'

const HOUR = 3_600_000

/** What every inbox promises. */
export function describeInbox(open: OpenStores) {
  const opened = storesOf(open)
  const openInbox = async () => {
    const { id: workspaceId } = await openWorkspace(opened().stores)
    const { id: channelId } = await openChannel(opened().stores, workspaceId)
    return (key: string, inbox: Inbox = opened().stores.inbox) =>
      inbox.record({
        workspaceId,
        channelId,
        source: 'telegram',
        key,
        raw: `{"key":"${key}"}`,
        sourceId: 'kim',
      })
  }
  const claimAll = async ({ inbox }: { inbox: Inbox }, leaseMs = HOUR) => inbox.claim(500, leaseMs)

  beforeEach(async () => {
    for (const node of [opened().stores, opened().elsewhere])
      for (const event of await claimAll(node)) await node.inbox.done(event.id, 'ignored')
  })

  describe('recording', () => {
    it('stores an event as it came, once, also where it comes ten times at once', async () => {
      const { stores, elsewhere } = opened()
      const record = await openInbox()
      const nodes = [stores.inbox, elsewhere.inbox]
      const recorded = await Promise.all(times(10, (index) => record('update:1', nodes[index % 2])))
      const stored = recorded.filter((event) => event !== null)
      expect(stored).toHaveLength(1)
      expect(stored[0]).toMatchObject({ raw: '{"key":"update:1"}' })
      expect(await claimAll(stores)).toEqual(stored)
    })

    it('knows when the last event of a channel came', async () => {
      const { inbox } = opened().stores
      const { id: workspaceId } = await openWorkspace(opened().stores)
      const [channel, other] = [
        await openChannel(opened().stores, workspaceId),
        await openChannel(opened().stores, workspaceId),
      ]
      const rest = { workspaceId, source: 'telegram' as const, raw: '{}', sourceId: 'kim' }
      await inbox.record({ ...rest, channelId: channel.id, key: 'update:1' })
      const first = (await inbox.lastReceivedAt(channel.id)) ?? ''
      expect(Math.abs(Date.parse(first) - Date.now())).toBeLessThan(HOUR)
      await inbox.record({ ...rest, channelId: channel.id, key: 'update:2' })
      expect(Date.parse((await inbox.lastReceivedAt(channel.id)) ?? '')).toBeGreaterThanOrEqual(
        Date.parse(first),
      )
      expect(await inbox.lastReceivedAt(other.id)).toBeNull()
    })

    it('knows a key that is done, and takes the same key of another channel for another event', async () => {
      const { inbox } = opened().stores
      const [one, two] = [await openInbox(), await openInbox()]
      const event = await one('update:1')
      await inbox.done(event?.id ?? '', 'stored')
      expect(await one('update:1')).toBeNull()
      expect(await two('update:1')).not.toBeNull()
    })
  })

  describe('claiming', () => {
    it('hands out events in the order in which they came, no more than were asked for', async () => {
      const { inbox } = opened().stores
      const record = await openInbox()
      const ids: (string | undefined)[] = []
      for (const key of times(5, String)) ids.push((await record(key))?.id)
      const first = await inbox.claim(3, HOUR)
      const rest = await inbox.claim(3, HOUR)
      expect([...first, ...rest].map(({ id }) => id)).toEqual(ids)
      expect(first).toHaveLength(3)
      expect(await inbox.claim(3, HOUR)).toEqual([])
    })

    it('gives each event to one of two nodes', async () => {
      const { stores, elsewhere } = opened()
      for (const record of await Promise.all(times(8, openInbox))) await record('update:1')
      const nodes = times(6, (index) => (index % 2 ? stores : elsewhere).inbox.claim(2, HOUR))
      const claimed = (await Promise.all(nodes)).flat()
      expect(claimed).toHaveLength(8)
      expect(new Set(claimed.map(({ id }) => id)).size).toBe(8)
    })

    it('lets a channel wait of which another node holds an event, and no other channel', async () => {
      const { stores, elsewhere } = opened()
      const [one, two] = [await openInbox(), await openInbox()]
      await one('1')
      const [held] = await stores.inbox.claim(1, HOUR)
      await one('2')
      const free = await two('1')
      expect(await claimAll(elsewhere)).toEqual([free])
      await stores.inbox.done(held?.id ?? '', 'stored')
      expect(await claimAll(elsewhere)).toMatchObject([{ raw: '{"key":"2"}' }])
    })

    it('hands an event out again when its lease ran out, and not when it is done', async () => {
      const { stores, elsewhere } = opened()
      const record = await openInbox()
      const event = await record('1')
      await stores.inbox.claim(1, 1)
      const again: unknown[] = []
      const look = async () => again.push(...(await claimAll(elsewhere, 1)))
      await expect.poll(look, { interval: 5 }).toBe(1)
      expect(again).toEqual([event])
      await elsewhere.inbox.done(event?.id ?? '', 'stored')
      expect(await claimAll(stores)).toEqual([])
      expect(await claimAll(elsewhere)).toEqual([])
    })
  })
}
