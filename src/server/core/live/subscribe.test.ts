import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LiveItem } from '../../contract/event.ts'
import { formatPosition, type Position, parsePosition } from '../../contract/ids.ts'
import { MAX_RESUME_EVENTS } from '../../contract/limits.ts'
import { actAs, createTestCtx, openConversation } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { sendMessage } from '../messages/send.ts'
import { subscribeEvents } from './subscribe.ts'

let test: ReturnType<typeof createTestCtx>
let anna: MemberCtx
let conversationId: string
let epoch: string
let ending: AbortController

beforeEach(async () => {
  test = createTestCtx()
  anna = await actAs(test.ctx, 'anna')
  conversationId = (await openConversation(anna)).id
  epoch = (await anna.journal.position(anna.actor.workspaceId)).epoch
  ending = new AbortController()
})
afterEach(() => {
  ending.abort()
  test.feed.close()
})

const send = (content = 'hello') =>
  sendMessage(anna, { conversationId, content, type: 'support', clientId: null })
const at = (seq: number): Position => formatPosition(epoch, seq)
const follow = (after: Position, ctx = anna) => subscribeEvents(ctx, { after, signal: ending.signal })

type Yielded = { position: Position; item: LiveItem }

async function take(events: AsyncGenerator<Yielded>, count: number): Promise<Yielded[]> {
  const taken: Yielded[] = []
  while (taken.length < count) {
    const { value, done } = await events.next()
    if (done) break
    taken.push(value)
  }
  return taken
}

const seqsOf = (taken: Yielded[]) => taken.map(({ position }) => parsePosition(position).seq)

it('reads what was stored after the position, and goes on with what happens', async () => {
  for (const content of ['one', 'two', 'three']) await send(content)
  const events = follow(at(2))
  expect(seqsOf(await take(events, 2))).toEqual([3, 4])
  await send('four')
  const [live] = await take(events, 1)
  expect(live).toMatchObject({
    position: at(5),
    item: { kind: 'event', event: { message: { content: 'four' } } },
  })
})

it('leaves nothing out and repeats nothing where messages come while the backlog is read', async () => {
  for (let index = 0; index < 20; index++) await send()
  const { read } = anna.journal
  const journal = {
    ...anna.journal,
    read: async (...args: Parameters<typeof read>) => {
      await send('before the page')
      const page = await read(...args)
      await send('after the page')
      return page
    },
  }
  const events = follow(at(1), { ...anna, journal })
  const backlog = await take(events, 21)
  await send('live')
  const rest = await take(events, 2)
  expect(seqsOf([...backlog, ...rest])).toEqual(Array.from({ length: 23 }, (_, index) => index + 2))
})

it('ends when its reader does, and is then told nothing more', async () => {
  const events = follow(at(1))
  const next = events.next()
  ending.abort()
  expect(await next).toMatchObject({ done: true })
})

it('shows a member nothing of another workspace', async () => {
  const omar = await actAs(test.ctx, 'omar')
  const theirs = await omar.journal.position(omar.actor.workspaceId)
  const events = follow(formatPosition(theirs.epoch, theirs.head), omar)
  const next = events.next()
  await send('secret')
  const { id } = await openConversation(omar)
  await sendMessage(omar, { conversationId: id, content: 'own', type: 'support', clientId: null })
  const opened = { type: 'conversation.opened', conversation: { id } }
  expect((await next).value).toMatchObject({ item: { event: opened } })
  expect((await take(events, 1))[0]).toMatchObject({ item: { event: { message: { content: 'own' } } } })
})

describe('a position that cannot be resumed', () => {
  const resetOf = async (after: Position) => (await take(follow(after), 1))[0]

  it('of another log is answered with a reset to the head', async () => {
    await send()
    const item = { kind: 'reset', reason: 'epoch', position: at(2) }
    expect(await resetOf(formatPosition('another', 1))).toEqual({ position: at(2), item })
  })

  it('whose events are gone, or which lies ahead of the log, is too old', async () => {
    for (let index = 0; index < 5; index++) await send()
    const workspace = test.state.workspaces.get(anna.actor.workspaceId)
    if (workspace) workspace.floor = 3
    const item = { kind: 'reset', reason: 'too_old', position: at(6) }
    expect(await resetOf(at(2))).toMatchObject({ item })
    expect(await resetOf(at(7))).toMatchObject({ item })
    expect(seqsOf(await take(follow(at(3)), 3))).toEqual([4, 5, 6])
  })

  it('with too much after it is reset, and live events follow the reset', async () => {
    await Promise.all(Array.from({ length: MAX_RESUME_EVENTS + 1 }, () => send()))
    const events = follow(at(1))
    const head = MAX_RESUME_EVENTS + 2
    expect((await take(events, 1))[0]).toMatchObject({ position: at(head), item: { kind: 'reset' } })
    await send('live')
    expect(seqsOf(await take(events, 1))).toEqual([head + 1])
  })
})
