import { afterEach, describe, expect, it } from 'vitest'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import { eventOf } from '../platform.testing.ts'
import { createInboundProcessor, type InboundProcessor } from './process.ts'
import { receive } from './receive.ts'

const MANY = 50
const processors: InboundProcessor[] = []

afterEach(async () => {
  for (const processor of processors.splice(0)) await processor.close()
})

async function open() {
  const test = createTestCtx()
  const anna = await actAs(test.ctx, 'anna')
  const channel = await openChannel(anna)
  const processor = createInboundProcessor(test.ctx)
  processors.push(processor)
  const request = (raw: string, secret: string) => ({
    source: 'telegram' as const,
    username: channel.username ?? '',
    headers: { 'x-secret': secret },
    rawBody: Buffer.from(raw),
  })
  const deliver = (raw: string, secret = 'hook') => receive(test.ctx, request(raw, secret), processor.kick)
  const conversations = async () => {
    const { rows } = await anna.conversations.list(anna.actor.workspaceId, { view: 'all', limit: 100 })
    return rows
  }
  const thread = async (id: string | undefined) =>
    (await anna.messages.page(id ?? '', { limit: 500 })).map(({ content }) => content)
  const isThrough = () =>
    expect.poll(() => test.state.inbox.every(({ outcome }) => outcome !== null)).toBe(true)
  return { ...test, anna, deliver, conversations, thread, isThrough, processor }
}

const texts = (count: number) => Array.from({ length: count }, (_, index) => `message ${index + 1}`)

describe('a customer’s events', () => {
  it('make one open conversation, however many come at once, and messages in their order', async () => {
    const { deliver, conversations, thread, isThrough } = await open()
    await Promise.all(texts(MANY).map((text, index) => deliver(eventOf(index + 1, 'kim', text))))
    await isThrough()
    const rows = await conversations()
    expect(rows).toMatchObject([{ lastSeq: MANY, unreadCount: MANY, customer: { sourceId: 'kim' } }])
    expect(await thread(rows[0]?.id)).toEqual(texts(MANY))
  })

  it('of several customers make a conversation each', async () => {
    const { deliver, conversations, thread, isThrough } = await open()
    const people = ['kim', 'lee', 'ada']
    const events = texts(30).map((text, index) => eventOf(index + 1, people[index % 3] ?? '', text))
    await Promise.all(events.map((event) => deliver(event)))
    await isThrough()
    const rows = await conversations()
    expect(rows.map(({ customer }) => customer.sourceId).toSorted()).toEqual(['ada', 'kim', 'lee'])
    const lee = rows.find(({ customer }) => customer.sourceId === 'lee')
    expect(await thread(lee?.id)).toEqual(texts(30).filter((_, index) => index % 3 === 1))
  })

  it('are stored once where the platform repeats them, also at once', async () => {
    const { deliver, conversations, thread, isThrough } = await open()
    const raw = eventOf(1, 'kim', 'hello')
    const received = await Promise.all(Array.from({ length: 10 }, () => deliver(raw)))
    expect(received.filter((one) => one === 'stored')).toHaveLength(1)
    await isThrough()
    expect(await deliver(raw)).toBe('repeated')
    expect(await thread((await conversations())[0]?.id)).toEqual(['hello'])
  })

  it('reach those who listen to the workspace', async () => {
    const { ctx, anna, deliver, isThrough } = await open()
    const types: unknown[] = []
    ctx.bus.subscribe(`log:${anna.actor.workspaceId}`, (event) =>
      types.push((event as { type: string }).type),
    )
    await deliver(eventOf(1, 'kim', 'hello'))
    await isThrough()
    expect(types).toEqual(['conversation.opened', 'message.sent'])
  })

  it('open the closed conversation again', async () => {
    const { anna, deliver, conversations, isThrough } = await open()
    await deliver(eventOf(1, 'kim', 'hello'))
    await isThrough()
    const [{ id } = { id: '' }] = await conversations()
    const about = { workspaceIds: [anna.actor.workspaceId], conversationId: id, userId: anna.actor.userId }
    await anna.journal.append({ kind: 'status', ...about, status: 'closed' })
    await deliver(eventOf(2, 'kim', 'again'))
    await isThrough()
    expect(await conversations()).toMatchObject([{ id, status: 'support_active', lastSeq: 2 }])
  })
})

describe('what is no message', () => {
  it('is refused with a wrong secret or for an unknown channel, and stores nothing', async () => {
    const { ctx, deliver, state, processor } = await open()
    const raw = eventOf(1, 'kim', 'hello')
    await expect(deliver(raw, 'wrong')).rejects.toMatchObject({ code: 'unauthenticated' })
    const request = {
      source: 'telegram' as const,
      username: 'nobody',
      headers: {},
      rawBody: Buffer.from(raw),
    }
    await expect(receive(ctx, request, processor.kick)).rejects.toMatchObject({ code: 'not_found' })
    await expect(deliver('no JSON')).rejects.toMatchObject({ code: 'invalid_input' })
    expect(state.inbox).toEqual([])
  })

  it('is stored and passed over where it is another kind of event', async () => {
    const { deliver, state, conversations } = await open()
    expect(await deliver(JSON.stringify({ update: 1, from: 'kim' }))).toBe('ignored')
    expect(state.inbox).toMatchObject([{ key: 'update:1', outcome: 'ignored' }])
    expect(await conversations()).toEqual([])
  })
})

it('takes what another process left behind when its lease ran out', async () => {
  const { ctx, anna, clock, conversations, processor, isThrough } = await open()
  const [channel] = await anna.channels.list([anna.actor.workspaceId])
  const at = { workspaceId: anna.actor.workspaceId, channelId: channel?.id ?? 0, source: 'telegram' as const }
  await ctx.inbox.record({ ...at, key: 'update:1', raw: eventOf(1, 'kim', 'hello'), sourceId: 'kim' })
  await ctx.inbox.claim(10, 60_000)
  await processor.kick()
  expect(await conversations()).toEqual([])
  clock.advance(60_001)
  await processor.kick()
  await isThrough()
  expect(await conversations()).toMatchObject([{ lastSeq: 1 }])
})
