import { afterEach, expect, it } from 'vitest'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import { eventOf } from '../platform.testing.ts'
import type { PollOutcome } from '../ports/platform.ts'
import { Poller } from './poller.ts'

const items = (next: number, ...raws: string[]): PollOutcome => ({
  outcome: 'items',
  items: raws.map((raw) => ({ account: null, raw })),
  next,
})

const open: Poller[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((poller) => poller.close()))
})

async function set(settings = { publicUrlIsPublic: false }) {
  const { ctx, platform, log } = createTestCtx(settings)
  const anna = await actAs(ctx, 'anna')
  const channel = await openChannel(anna)
  const answers: (PollOutcome | Error)[] = []
  const asked: [channelId: number, next: number | null][] = []
  platform.webhooks.set(channel.id, 'https://elsewhere.example')
  platform.platform.poll = async ({ id }, next, signal) => {
    asked.push([id, next])
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer ?? new Promise((resolve) => signal.addEventListener('abort', () => resolve(items(0))))
  }
  const kicks: unknown[] = []
  const poll = () => {
    const poller = new Poller(ctx, async (id) => void kicks.push(id))
    open.push(poller)
    poller.start()
    return poller
  }
  const asks = (count: number) => expect.poll(() => asked.length, { interval: 2 }).toBe(count)
  const raws = async () => (await ctx.inbox.claim(50, 1_000)).map(({ raw }) => raw)
  return { ctx, anna, channel, platform, log, answers, asked, kicks, poll, asks, raws }
}

it('takes the webhook away, stores what waited and only then confirms it', async () => {
  const { channel, platform, answers, asked, kicks, poll, asks, raws } = await set()
  const [one, two] = [eventOf(1, 'kim', 'one'), eventOf(2, 'kim', 'two')]
  answers.push(items(3, one, two))
  poll()
  await asks(2)
  expect(asked).toEqual([
    [channel.id, null],
    [channel.id, 3],
  ])
  expect(platform.webhooks.has(channel.id)).toBe(false)
  expect(await raws()).toEqual([one, two])
  expect(kicks).toHaveLength(1)
})

it('confirms nothing that could not be stored', async () => {
  const { ctx, answers, asked, poll, log } = await set()
  const record = ctx.inbox.record
  ctx.inbox.record = async () => Promise.reject(new Error('the database is away'))
  answers.push(items(3, eventOf(1, 'kim', 'one')))
  poll()
  await expect.poll(() => log.sentences.length, { interval: 2 }).toBe(1)
  ctx.inbox.record = record
  expect(asked).toHaveLength(1)
})

it('passes over what is no update, and stores the rest', async () => {
  const { answers, poll, asks, raws } = await set()
  const good = eventOf(2, 'kim', 'two')
  answers.push(items(3, 'not json', good))
  poll()
  await asks(2)
  expect(await raws()).toEqual([good])
})

it('stops a channel whose token is dead', async () => {
  const { anna, channel, answers, poll } = await set()
  answers.push({ outcome: 'stopped', error: 'Unauthorized' })
  poll()
  const state = async () => (await anna.channels.findById(channel.id))?.stoppedReason
  await expect.poll(state, { interval: 2 }).toBe('Unauthorized')
})

it('asks from one node at a time, and from another when that one ends', async () => {
  const { poll, asks, asked } = await set()
  const first = poll()
  await asks(1)
  const second = poll()
  await second.close()
  expect(asked).toHaveLength(1)
  await first.close()
  poll()
  await asks(2)
})

it('leaves channels alone whose events are brought, and those with a server of their own', async () => {
  const { poll, asked } = await set({ publicUrlIsPublic: true })
  await poll().close()
  expect(asked).toEqual([])
  const near = await set()
  await near.ctx.channels.remove([near.anna.actor.workspaceId], near.channel.id)
  await openChannel(near.anna, 'http://127.0.0.1:9')
  await near.poll().close()
  expect(near.asked).toEqual([])
})
