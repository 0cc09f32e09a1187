import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WIDGET_REFUSED, WIDGET_TOO_MANY, WIDGET_UNPROVED } from '../../contract/close-codes.ts'
import type { Signal } from '../../contract/event.ts'
import { MAX_FRAME_BYTES } from '../../contract/limits.ts'
import { MAX_WIDGET_REPLAY, WIDGET_SOCKET, type WidgetMessage } from '../../contract/widget.ts'
import { say as sayTo } from '../../core/cast.testing.ts'
import { markRead } from '../../core/conversations/mark-read.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { attend } from '../../core/presence/attend.ts'
import { publishSignal, signalTopic } from '../../core/presence/signals.ts'
import { setTyping } from '../../core/presence/typing.ts'
import { asVisitor, SHOP, visit } from '../../core/visitors/visitors.testing.ts'
import { changeWebsite } from '../../core/websites/change.ts'
import { startWidget, Window } from './widget-server.testing.ts'

let shop: Awaited<ReturnType<typeof startWidget>>
beforeEach(async () => {
  shop = await startWidget()
})
afterEach(() => shop.close())

const messageIn = (frame: Record<string, unknown>) => frame.message as WidgetMessage
const answer = (conversationId: string, content: string) =>
  sendMessage(shop.anna, { conversationId, content, type: 'support', clientId: null })

/** A visitor who has said hello, and their conversation. */
async function met(visitor?: string | null) {
  const guest = await shop.enter(visitor)
  guest.window.send({ type: 'message', client_id: 'a', content: 'hello' })
  await guest.window.next('ack')
  await guest.window.next('message')
  const { actor } = await asVisitor(shop.ctx, guest.token)
  const thread = await shop.ctx.visitors.find(actor)
  return { ...guest, conversationId: thread?.conversationId ?? '', customerId: thread?.customerId ?? 0 }
}

describe('a visitor', () => {
  it('writes and is answered, in every window of theirs', async () => {
    const { window, visitor, conversationId } = await met()
    const { window: second, welcome } = await shop.enter(visitor)
    expect(welcome).toMatchObject({ last_seq: 1, has_conversation: true, presence: { is_online: false } })
    await answer(conversationId, 'Good day')
    for (const one of [window, second]) {
      const { message } = await one.next('message')
      expect(message).toMatchObject({
        seq: 2,
        from: 'agent',
        name: 'anna',
        content: 'Good day',
        client_id: null,
      })
    }
    second.send({ type: 'message', client_id: 'b', content: 'thanks' })
    expect(messageIn(await second.next('ack'))).toMatchObject({ seq: 3, client_id: 'b', from: 'visitor' })
    expect(messageIn(await window.next('message'))).toMatchObject({ seq: 3, content: 'thanks' })
  })

  it('begins in one window and goes on in another that was open before', async () => {
    const { window, visitor } = await shop.enter()
    const { window: second } = await shop.enter(visitor)
    window.send({ type: 'message', client_id: 'a', content: 'hello' })
    expect(messageIn(await second.next('message'))).toMatchObject({ seq: 1, content: 'hello' })
  })

  it('types, and is seen typing by those who answer; that ends with the socket', async () => {
    const { window, conversationId, customerId } = await met()
    const signals: Signal[] = []
    shop.ctx.bus.subscribe(signalTopic(shop.anna.actor.workspaceId), (one) => signals.push(one as Signal))
    for (let count = 0; count < 5; count++) window.send({ type: 'typing', is_typing: true })
    window.send({ type: 'ping' })
    await window.next('pong')
    expect(signals).toMatchObject([
      { type: 'typing', who: 'customer', id: customerId, conversationId, isTyping: true },
    ])
    window.close()
    await expect.poll(() => signals.at(-1)).toMatchObject({ type: 'typing', isTyping: false })
  })

  it('sees who answers type, read and come and go', async () => {
    const { window, conversationId } = await met()
    await setTyping(shop.anna, { conversationId, isTyping: true, connectionId: 'c' })
    expect(await window.next('typing')).toMatchObject({ is_typing: true, name: 'anna' })
    await markRead(shop.anna, { conversationId, upTo: 1 })
    expect(await window.next('read')).toEqual({ type: 'read', up_to: 1 })
    const { workspaceId, userId } = shop.anna.actor
    const tell = (isOnline: boolean) =>
      publishSignal(shop.ctx.bus, workspaceId, { type: 'presence', userId, name: 'anna', isOnline })
    const place = { place: `console:${workspaceId}`, userId, connectionId: 'c', graceMs: 0, tell }
    const leave = await attend(shop.anna, place)
    expect(await window.next('presence')).toMatchObject({ presence: { is_online: true } })
    leave()
    expect(await window.next('presence')).toMatchObject({ presence: { is_online: false } })
  })

  it('tells what they have seen, to those who answer and to their own windows', async () => {
    const { window, visitor, conversationId } = await met()
    const { window: second } = await shop.enter(visitor)
    await answer(conversationId, 'Good day')
    window.send({ type: 'read', up_to: 2 })
    expect(await second.next('seen')).toEqual({ type: 'seen', up_to: 2 })
    expect(await shop.anna.conversations.find([shop.anna.actor.workspaceId], conversationId)).toMatchObject({
      seenSeq: 2,
    })
  })

  it('comes back to what was missed, and starts again where that is too much', async () => {
    const { window, visitor, conversationId } = await met()
    window.close()
    await answer(conversationId, 'one')
    await answer(conversationId, 'two')
    const { window: back } = await shop.enter(visitor)
    back.send({ type: 'resume', after_seq: 1 })
    const { messages } = await back.next('resumed')
    expect((messages as WidgetMessage[]).map(({ content }) => content)).toEqual(['one', 'two'])
    for (let count = 0; count <= MAX_WIDGET_REPLAY; count++) await answer(conversationId, `line ${count}`)
    back.send({ type: 'resume', after_seq: 1 })
    expect(await back.next('reset')).toEqual({ type: 'reset' })
    back.send({ type: 'history' })
    const page = await back.next('history')
    expect(page.has_older).toBe(true)
    const first = (page.messages as WidgetMessage[])[0]?.seq ?? 0
    back.send({ type: 'history', before: first })
    expect(((await back.next('history')).messages as WidgetMessage[]).at(-1)?.seq).toBe(first - 1)
  })

  it('is told when their conversation is deleted, and may begin another', async () => {
    const { window, conversationId } = await met()
    const { workspaceId } = shop.anna.actor
    const { event } = await shop.ctx.journal.amend({
      kind: 'delete',
      workspaceIds: [workspaceId],
      conversationId,
    })
    shop.ctx.feed.publish(workspaceId, event)
    await window.next('reset')
    window.send({ type: 'message', client_id: 'z', content: 'again' })
    expect(messageIn(await window.next('ack'))).toMatchObject({ seq: 1, content: 'again' })
  })

  it('is refused a message, not the socket, where it cannot be taken', async () => {
    const { window } = await shop.enter()
    window.send({ type: 'message', client_id: 'a', content: '' })
    expect(await window.next('refused')).toMatchObject({ client_id: 'a', code: 'invalid_input' })
    for (const frame of [
      '{',
      '[]',
      Buffer.from('x'),
      '{"type":"x"}',
      '{"type":"read","up_to":-1}',
      '{"type":"message"}',
    ]) {
      window.send(frame)
      expect(await window.next('error')).toMatchObject({ code: expect.any(String) })
    }
    window.send({ type: 'ping' })
    await window.next('pong')
  })
})

describe('the socket', () => {
  it('lets in nobody without a token of ours, or from a page that it was not given to', async () => {
    const { token } = await visit(shop.ctx, shop.site.siteKey)
    for (const forged of ['', 'x', `${token}x`])
      expect(await new Window(shop.port, forged).end()).toBe(WIDGET_UNPROVED)
    for (const origin of ['https://evil.example', 'null', undefined])
      expect(await new Window(shop.port, token, origin ?? '').end()).toBe(WIDGET_REFUSED)
    await new Window(shop.port, token, SHOP).next('welcome')
  })

  it('lives as long as its token, and longer with a newer one of the same visitor alone', async () => {
    const { window, visitor } = await shop.enter()
    const newer = await visit(shop.ctx, shop.site.siteKey, { visitor })
    window.send({ type: 'renew', token: newer.token })
    window.send({ type: 'ping' })
    await window.next('pong')
    const stranger = await visit(shop.ctx, shop.site.siteKey)
    window.send({ type: 'renew', token: stranger.token })
    expect(await window.end()).toBe(WIDGET_UNPROVED)
  })

  it('ends when the website is changed, so that its visitors are asked again', async () => {
    const { window } = await shop.enter()
    await changeWebsite(shop.anna, { channelId: shop.site.id, name: 'Shop', settings: shop.site.settings })
    expect(await window.end()).toBe(WIDGET_UNPROVED)
  })

  it('has bounds: windows of one visitor, and the size of a frame', async () => {
    const { visitor } = await shop.enter()
    for (let count = 1; count < 8; count++) await shop.enter(visitor)
    const { token } = await visit(shop.ctx, shop.site.siteKey, { visitor })
    expect(await new Window(shop.port, token).end()).toBe(WIDGET_TOO_MANY)
    const { window } = await shop.enter()
    window.send({ type: 'message', client_id: 'a', content: 'x'.repeat(MAX_FRAME_BYTES) })
    expect(await window.end()).toBe(1009)
  })
})

/** Each frame of a client, as a stranger would send it about another visitor's conversation. */
const AS_STRANGER: Record<string, (hers: { conversationId: string }) => object> = {
  message: (hers) => ({ client_id: 'a', content: 'mine', conversation_id: hers.conversationId }),
  typing: (hers) => ({ is_typing: true, conversation_id: hers.conversationId }),
  read: (hers) => ({ up_to: 99, conversation_id: hers.conversationId }),
  history: (hers) => ({ before: 99, conversation_id: hers.conversationId }),
  resume: (hers) => ({ after_seq: 0, conversation_id: hers.conversationId }),
  renew: () => ({ token: 'x' }),
  ping: () => ({}),
}

describe('a stranger', () => {
  it('has a row for every frame', () => {
    expect(Object.keys(AS_STRANGER).sort()).toEqual(Object.keys(WIDGET_SOCKET.client).sort())
  })

  it.each(Object.keys(AS_STRANGER))('sees and changes nothing of another visitor by %s', async (type) => {
    const hers = await met()
    await answer(hers.conversationId, 'zqmark answer')
    await hers.window.next('message')
    const { window } = await shop.enter()
    window.send({ type, ...AS_STRANGER[type]?.(hers) })
    if (type === 'renew') expect(await window.end()).toBe(WIDGET_UNPROVED)
    else {
      window.send({ type: 'ping' })
      await window.next('pong')
    }
    expect(JSON.stringify(window.frames)).not.toContain('zqmark')
    expect(hers.window.frames).toEqual([])
    const { workspaceId } = shop.anna.actor
    expect(await shop.anna.conversations.find([workspaceId], hers.conversationId)).toMatchObject({
      lastSeq: 2,
      seenSeq: 0,
    })
  })

  it('hears nothing of what is said to another visitor, or of what is held', async () => {
    const hers = await met()
    const { window } = await met()
    await answer(hers.conversationId, 'for her alone')
    const listed = await shop.anna.conversations.find([shop.anna.actor.workspaceId], hers.conversationId)
    if (!listed) throw new Error('The conversation is not there')
    await sayTo(shop.anna, listed, 'held', { score: 90, reasons: [] })
    await hers.window.next('message')
    window.send({ type: 'ping' })
    await window.next('pong')
    expect([window.frames, hers.window.frames]).toEqual([[], []])
  })
})
