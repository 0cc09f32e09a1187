import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { enter, join, openKey } from '../cast.testing.ts'
import { actAs, createTestCtx, NO_LIMITS, openChannel } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { listConversations } from '../conversations/list.ts'
import { storeMessage } from '../inbound/store-message.ts'
import { countSpam, listSpam, spamPlaces } from './list.ts'
import { discardSpam, releaseSpam } from './settle.ts'

const SPAM = 'شرط بندی و کازینو'
/** Betting written with Arabic letters, joiners and letters that are repeated. */
const DISGUISED = 'شر\u200cط بنديييييي، كازينو آنلاااااين'
const SECOND = 1_000

async function open({ isSpamChecked = true } = {}) {
  const { ctx, clock, state } = createTestCtx({ limits: { ...NO_LIMITS, isSpamChecked } })
  const anna = await actAs(ctx, 'anna')
  const channel = await openChannel(anna)
  const heard: LiveEvent[] = []
  ctx.bus.subscribe(`log:${anna.actor.workspaceId}`, (event) => heard.push(event as LiveEvent))
  let update = 0
  const write = (from: string, content: string) => {
    const key = `update:${++update}`
    const names = { firstName: from, lastName: null, username: null }
    const { id: channelId, workspaceId, source } = channel
    const event = { id: key, channelId, workspaceId, source, raw: '' }
    const message = { key, providerId: `${from}:${update}`, sourceId: from, content, kind: 'text' as const }
    return storeMessage(ctx, event, { ...message, ...names })
  }
  const listed = async (as: MemberCtx = anna) =>
    (await listConversations(as, { view: 'all', limit: 40 })).conversations
  const spam = async () => (await listSpam(anna, { limit: 25 })).messages
  const types = () => heard.map(({ type }) => type)
  return { ctx, clock, state, anna, write, listed, spam, types }
}

describe('what a customer writes', () => {
  it('is stored and held where it looks like spam, with why, and its sender is listed nowhere', async () => {
    const { state, write, listed, spam, types, anna } = await open()
    expect(await write('mallory', SPAM)).toBe('held')
    expect(await listed()).toEqual([])
    expect(types()).toEqual(['message.held'])
    expect(await countSpam(anna)).toEqual({ count: 1 })
    expect(await spam()).toMatchObject([
      {
        content: SPAM,
        isConversationShown: false,
        customer: { firstName: 'mallory' },
        reasons: [{ code: 'spam_phrase', times: 2, points: 70 }],
        score: 70,
      },
    ])
    expect(state.security).toMatchObject([
      { kind: 'spam_held', detail: { score: 70, reasons: ['spam_phrase'] } },
    ])
  })

  it.each([DISGUISED, 'ﺷﺮط ﺑﻨﺪى کازینو آنلاین', 'c4s1n0 onl1ne b0nus شرط‌بندی'])(
    'is held in disguise: %s',
    async (text) => {
      const { write, listed } = await open()
      expect(await write('mallory', text)).toBe('held')
      expect(await listed()).toEqual([])
    },
  )

  it('is held even where a sender who could see it would be refused', async () => {
    const { write, spam } = await open()
    expect(await write('mallory', `${SPAM} بونوس پوکر شرط بندی https://bit.ly/x http://a.com`)).toBe('held')
    expect((await spam())[0]?.score).toBeGreaterThanOrEqual(100)
  })

  it.each(['سلام، سفارش من کی می‌رسد؟', 'Where is my order 1057455?', 'see https://peyk.test/orders/7'])(
    'is not held where it is what people write: %s',
    async (text) => {
      const { write, listed, types } = await open()
      expect(await write('kim', text)).toBe('stored')
      expect(await listed()).toMatchObject([{ unreadCount: 1, lastMessage: { content: text } }])
      expect(types()).toEqual(['conversation.opened', 'message.sent'])
    },
  )

  it('is never held where spam is not checked', async () => {
    const { write, listed } = await open({ isSpamChecked: false })
    expect(await write('mallory', SPAM)).toBe('stored')
    expect(await listed()).toHaveLength(1)
  })

  it('is held from the moment on at which they flood, and stored again when they write like people', async () => {
    const { write, listed, clock } = await open()
    const outcomes: string[] = []
    for (let line = 0; line < 40; line++) outcomes.push(await write('kim', `line ${line}`))
    const held = outcomes.filter((one) => one === 'held').length
    expect(held).toBeGreaterThan(5)
    expect(outcomes.indexOf('held')).toBeGreaterThan(20)
    expect(await listed()).toMatchObject([{ unreadCount: 40 - held, lastSeq: 40 }])
    clock.advance(61 * SECOND)
    expect(await write('kim', 'I am calm now')).toBe('stored')
  })

  it('of one who was let in before is shown, until it is spam beyond doubt', async () => {
    const { write, listed, spam, anna } = await open()
    await write('kim', SPAM)
    await releaseSpam(anna, { messageIds: (await spam()).map(({ id }) => id) })
    expect(await write('kim', SPAM)).toBe('stored')
    expect(await listed()).toMatchObject([{ unreadCount: 2 }])
    expect(await write('kim', `سایت شرط بندی معتبر، کازینو آنلاین https://bit.ly/a`)).toBe('held')
  })
})

describe('a release', () => {
  it('shows the message at its place, tells everybody, and is written down once', async () => {
    const { ctx, write, listed, spam, types, anna } = await open()
    await write('kim', 'hello')
    await write('kim', SPAM)
    await write('kim', 'are you there?')
    const [held] = await spam()
    const conversationId = held?.conversationId ?? ''
    expect(await spamPlaces(anna, { conversationId })).toEqual([2])
    const input = { messageIds: [held?.id ?? ''] }
    const all = await Promise.all([releaseSpam(anna, input), releaseSpam(anna, input)])
    expect(all).toEqual([input, input])
    const thread = await ctx.messages.page(conversationId, { limit: 10 })
    expect(thread.map(({ seq, content }) => [seq, content])).toEqual([
      [1, 'hello'],
      [2, SPAM],
      [3, 'are you there?'],
    ])
    expect(await listed()).toMatchObject([{ unreadCount: 3, lastMessage: { seq: 3 } }])
    expect(types().filter((type) => type === 'message.released')).toHaveLength(1)
    const deeds = await ctx.audit.list(anna.actor.workspaceId, { action: 'message.released', limit: 10 })
    expect(deeds).toMatchObject([
      { target: `message:${held?.id}`, before: { score: 70, reasons: ['spam_phrase'] }, after: null },
    ])
    expect(JSON.stringify(deeds)).not.toContain('کازینو')
    expect(await spamPlaces(anna, { conversationId })).toEqual([])
  })

  it('is for every member, takes several at once, and passes over what is gone', async () => {
    const { write, spam, listed, anna } = await open()
    for (const from of ['a', 'b', 'c']) await write(from, SPAM)
    const bob = (await join(anna, 'bob')).as
    const ids = (await spam()).map(({ id }) => id)
    expect(await releaseSpam(bob, { messageIds: [...ids, 'gone', ...ids] })).toEqual({ messageIds: ids })
    expect(await listed()).toHaveLength(3)
    expect(await spam()).toEqual([])
  })

  it('knows nothing of another workspace’s, nor of what was never held', async () => {
    const { ctx, write, spam, anna } = await open()
    const omar = (await enter(ctx, 'omar')).as
    await write('kim', SPAM)
    const ids = (await spam()).map(({ id }) => id)
    for (const [who, messageIds] of [
      [omar, ids],
      [anna, ['nothing']],
    ] as const) {
      const input = { messageIds: [...messageIds] }
      await expect(releaseSpam(who, input)).rejects.toMatchObject({ code: 'not_found' })
      await expect(discardSpam(who, input)).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(await listSpam(omar, { limit: 25 })).toEqual({ messages: [], hasMore: false })
    expect(await countSpam(omar)).toEqual({ count: 0 })
    expect(await spam()).toHaveLength(1)
  })
})

describe('deleting for good', () => {
  it('is for owners and admins, leaves nothing, and is written down', async () => {
    const { ctx, state, write, spam, types, anna } = await open()
    await write('mallory', SPAM)
    const input = { messageIds: (await spam()).map(({ id }) => id) }
    const agent = (await join(anna, 'bob')).as
    const program = (await openKey(anna, ['messages'])).as
    for (const who of [agent, program])
      await expect(discardSpam(who, input)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await spam()).toHaveLength(1)
    expect(await discardSpam(anna, input)).toEqual(input)
    expect(await spam()).toEqual([])
    expect(JSON.stringify([...state.messages.values()])).not.toContain('کازینو')
    expect(types()).toEqual(['message.held', 'message.discarded'])
    const deeds = await ctx.audit.list(anna.actor.workspaceId, { action: 'message.discarded', limit: 10 })
    expect(deeds).toHaveLength(1)
    await discardSpam(anna, input)
    expect(types()).toHaveLength(2)
  })
})
