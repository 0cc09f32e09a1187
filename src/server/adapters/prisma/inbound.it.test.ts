import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actAs, createTestCtx, openChannel } from '../../core/context.testing.ts'
import type { Ctx } from '../../core/context.ts'
import { createInboundProcessor, type InboundProcessor } from '../../core/inbound/process.ts'
import { receive } from '../../core/inbound/receive.ts'
import { eventOf, type Happening, happeningOf } from '../../core/platform.testing.ts'
import { createIds } from '../auth/ids.ts'
import { openPostgresStores } from './open-stores.testing.ts'

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>
beforeAll(async () => {
  opened = await openPostgresStores('inbound')()
})
afterAll(() => opened?.close())

const MANY = 50
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Nodes on one database, and a channel of a new workspace. */
async function openNodes(count = 2) {
  const real = { ids: createIds(), clock: { now: Date.now } }
  const nodes: { ctx: Ctx; processor: InboundProcessor }[] = []
  for (const stores of [opened.stores, opened.elsewhere].slice(0, count)) {
    const ctx = { ...createTestCtx().ctx, ...stores, ...real }
    nodes.push({ ctx, processor: createInboundProcessor(ctx) })
  }
  const [here] = nodes
  if (!here) throw new Error('There is no node')
  const anna = await actAs(here.ctx, randomUUID())
  const channel = await openChannel(anna)
  const at = {
    source: 'telegram' as const,
    username: channel.username ?? '',
    headers: { 'x-secret': 'hook' },
  }
  const deliver = (raw: string, index = 0) => {
    const { ctx, processor } = nodes[index % count] ?? here
    return receive(ctx, { ...at, rawBody: Buffer.from(raw) }, processor.kick)
  }
  const events = () =>
    opened.prisma.inboundEvent.findMany({ where: { channelId: channel.id }, orderBy: { id: 'asc' } })
  const isThrough = () =>
    expect
      .poll(
        async () => {
          for (const { processor } of nodes) await processor.kick()
          return (await events()).every(({ processedAt }) => processedAt !== null)
        },
        { timeout: 20_000, interval: 20 },
      )
      .toBe(true)
  const conversations = async () =>
    (await anna.conversations.list(anna.actor.workspaceId, { view: 'all', limit: 100 })).rows
  const thread = async () => anna.messages.page((await conversations())[0]?.id ?? '', { limit: 500 })
  const close = () => Promise.all(nodes.map(({ processor }) => processor.close()))
  return { ctx: here.ctx, anna, channel, deliver, events, isThrough, conversations, thread, close }
}

it('fifty events of a new customer at two nodes at once make one open conversation, and lose nothing', async () => {
  const { deliver, isThrough, conversations, thread, close } = await openNodes()
  await Promise.all(times(MANY, (index) => deliver(eventOf(index + 1, 'kim', `message ${index + 1}`), index)))
  await isThrough()
  expect(await conversations()).toMatchObject([{ status: 'support_active', lastSeq: MANY }])
  const texts = (await thread()).map(({ content }) => content)
  expect(texts.toSorted()).toEqual(times(MANY, (index) => `message ${index + 1}`).toSorted())
  await close()
})

it('every kind of event, ten times at once at two nodes, happens once', async () => {
  const { deliver, isThrough, thread, events, anna, conversations, close } = await openNodes()
  const happenings: Happening[] = [
    { kind: 'edit', of: 1, text: 'hello' },
    { kind: 'reaction', of: 1, emojis: ['👍'] },
    { kind: 'echo', mid: 'mid.1', text: 'from the app' },
    { kind: 'seen', of: 1 },
    { kind: 'reach', reason: 'blocked' },
    { kind: 'unsend', of: 2 },
  ]
  const raws = [
    eventOf(1, 'kim', 'helo'),
    eventOf(2, 'kim', 'secret'),
    ...happenings.map((happening, index) => happeningOf(10 + index, 'kim', happening)),
  ]
  for (const raw of raws) {
    await Promise.all(times(10, (index) => deliver(raw, index)))
    await isThrough()
  }
  const shown = await thread()
  expect(shown).toMatchObject([
    { content: 'hello', extras: { reactions: [{ by: 'customer', emoji: '👍' }] } },
    { content: '', deletedAt: expect.any(String) },
    { content: 'from the app', type: 'support', delivery: null },
  ])
  expect(shown).toHaveLength(3)
  expect(await anna.messages.edits(shown[0]?.id ?? '')).toMatchObject([{ content: 'helo' }])
  expect(await conversations()).toMatchObject([{ seenSeq: 1, customer: { unreachable: 'blocked' } }])
  expect(await events()).toHaveLength(raws.length)
  await close()
})

it('what comes before its message waits, and what waits for nothing is given up', async () => {
  const { ctx, deliver, isThrough, thread, events, close } = await openNodes()
  await deliver(happeningOf(10, 'kim', { kind: 'edit', of: 1, text: 'two' }))
  await deliver(happeningOf(11, 'kim', { kind: 'reaction', of: 1, emojis: ['👍'] }))
  await deliver(happeningOf(12, 'kim', { kind: 'unsend', of: 9 }))
  await isThrough()
  expect((await events()).map(({ outcome }) => outcome)).toEqual(['parked', 'parked', 'parked'])
  await deliver(eventOf(1, 'kim', 'one'))
  await isThrough()
  await opened.prisma.parkedEvent.updateMany({
    where: { providerId: 'kim:9' },
    data: { expiresAt: new Date(0) },
  })
  expect(await ctx.inbox.unpark()).toEqual({ due: 2, expired: 1 })
  await isThrough()
  expect(await thread()).toMatchObject([{ content: 'two', extras: { reactions: [{ emoji: '👍' }] } }])
  expect((await events()).map(({ outcome }) => outcome)).toEqual(['changed', 'changed', 'expired', 'stored'])
  await close()
})

it('of too many that wait on one channel the oldest is given up', async () => {
  const { ctx, anna, channel, events, close } = await openNodes()
  const at = { workspaceId: anna.actor.workspaceId, channelId: channel.id, source: 'telegram' as const }
  const ids = await Promise.all(
    times(1_002, (index) => ctx.inbox.record({ ...at, key: `${index}`, raw: '{}', sourceId: 'kim' })),
  )
  const sorted = ids.flatMap((event) => event?.id ?? []).toSorted((a, b) => Number(a) - Number(b))
  for (const id of sorted) await ctx.inbox.park(id, { channelId: channel.id, providerId: id }, 60_000)
  const expired = (await events()).filter(({ outcome }) => outcome === 'expired')
  expect(expired.map(({ id }) => String(id))).toEqual(sorted.slice(0, 2))
  await opened.prisma.inboundEvent.deleteMany({ where: { channelId: channel.id } })
  await close()
})

it('what a node that died had in its hands is taken up by another, in its order', async () => {
  const { ctx, anna, channel, deliver, isThrough, thread, close } = await openNodes(1)
  const at = { workspaceId: anna.actor.workspaceId, channelId: channel.id, source: 'telegram' as const }
  for (const index of times(10, (number) => number + 1))
    await ctx.inbox.record({
      ...at,
      key: `update:${index}`,
      raw: eventOf(index, 'kim', `${index}`),
      sourceId: 'kim',
    })
  await opened.elsewhere.inbox.claim(5, 200)
  await deliver(happeningOf(20, 'kim', { kind: 'edit', of: 3, text: 'edited' }))
  await isThrough()
  const expected = times(10, (index) => (index === 2 ? 'edited' : String(index + 1)))
  expect((await thread()).map(({ content }) => content)).toEqual(expected)
  await close()
})
