import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerAsBot, join, openListed, type Person, say } from '../../core/cast.testing.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { unsendMessage } from '../../core/messages/unsend.ts'
import type { OutcomeDraft } from '../../core/ports/journal.ts'
import type { RawClient, ServerFrame } from './raw-client.testing.ts'
import { chatPath, startRaw } from './raw-server.testing.ts'

const WAIT_MS = 5_000

let server: Awaited<ReturnType<typeof startRaw>>
let anna: Person
let id: string
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  server = await startRaw({ externalSendWaitMs: WAIT_MS })
  anna = await server.enter('anna')
  id = (await openListed(anna.as)).id
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

/** Lets time pass for timers, for the store and for leases. */
const pass = async (ms: number) => {
  server.clock.advance(ms)
  await vi.advanceTimersByTimeAsync(ms)
}
const enter = (person: Person = anna, room = id) => server.connect(chatPath(room), person)
const send = async (content: string, conversationId = id) =>
  (await sendMessage(anna.as, { conversationId, content, type: 'support', clientId: null })).message
const told = (client: RawClient) =>
  [...client.of('chat_message'), ...client.of('ai_message')].map(
    ({ message }) => (message as { content: string }).content,
  )
const resultOf = (frame: ServerFrame | undefined) => frame?.external_send_result

/** What the platform says to the delivery that is due first. */
async function settle(outcome: OutcomeDraft['outcome'], result: Record<string, unknown>) {
  const [claimed] = await server.ctx.deliveries.claim(1, 60_000)
  if (!claimed) throw new Error('Nothing is due')
  const { workspaceId, conversationId, id: deliveryId, attempt } = claimed
  const error = outcome === 'sent' ? null : String(result.error)
  const providerId = outcome === 'sent' ? server.ctx.ids.short() : null
  const told = { outcome, error, result, providerId, delayMs: 60_000 }
  const place = { workspaceId, conversationId, deliveryId, attempt }
  const { event } = await server.ctx.journal.append({ kind: 'outcome', ...place, ...told })
  server.ctx.feed.publish(workspaceId, event)
}
const SENT = { success: true, message_id: 7 }

describe('chat_message', () => {
  it('waits for its platform and keeps back those behind it, and nothing else', async () => {
    const other = await openListed(anna.as)
    const [client, elsewhere] = [await enter(), await enter(anna, other.id)]
    const conversation = await anna.as.conversations.find([anna.as.actor.workspaceId], id)
    await send('first')
    if (conversation) await say(anna.as, conversation, 'second')
    await say(anna.as, other, 'elsewhere')
    await elsewhere.next('chat_message')
    await client.ask({ type: 'mark_read' }, 'messages_read')
    expect((await client.ask({ type: 'get_messages' }, 'recent_messages')).count).toBe(2)
    expect(told(client)).toEqual([])
    await settle('sent', SENT)
    await client.until(() => told(client).length === 2, 'both')
    expect(client.of('chat_message').map(resultOf)).toEqual([SENT, {}])
    expect(told(client)).toEqual(['first', 'second'])
  })

  it('that is taken back while it waits leaves at once, and empty', async () => {
    const client = await enter()
    const { id: messageId } = await send('secret')
    await unsendMessage(anna.as, { messageId })
    const frame = await client.next('chat_message')
    expect(frame).toMatchObject({ message: { id: messageId, content: '' } })
    expect(resultOf(frame)).toMatchObject({ success: false })
    expect(JSON.stringify(client.frames)).not.toContain('secret')
  })

  it('leaves as pending when its own wait is over: waits do not add up', async () => {
    const client = await enter()
    await send('first')
    await pass(2_000)
    await send('second')
    await pass(2_999)
    await client.flush()
    expect(told(client)).toEqual([])
    await pass(1)
    expect(resultOf(await client.next('chat_message'))).toEqual({
      success: false,
      pending: true,
      error: 'Delivery pending',
    })
    await client.flush()
    expect(told(client)).toEqual(['first'])
    await pass(2_000)
    await client.next('chat_message')
    expect(told(client)).toEqual(['first', 'second'])
  })

  it('says what the platform refused, and that it will be tried again', async () => {
    const client = await enter()
    const [busy, gone] = ['Too Many Requests', 'Bad Request: chat not found']
    await send('first')
    await settle('retry', { success: false, error: busy, pending: true })
    expect(resultOf(await client.next('chat_message'))).toEqual({
      success: false,
      error: busy,
      pending: true,
    })
    await pass(60_000)
    await settle('failed', { success: false, error: gone })
    await send('second')
    await settle('failed', { success: false, error: gone })
    expect(resultOf(await client.next('chat_message'))).toEqual({ success: false, error: gone })
    await client.flush()
    expect(told(client)).toEqual(['first', 'second'])
  })

  it('comes to one who enters meanwhile in the first page, and again where it is asked for', async () => {
    const early = await enter()
    await send('first')
    await early.flush()
    const [late, resuming] = [await enter(), await enter()]
    expect(late.frames[0]).toMatchObject({ count: 1, messages: [{ content: 'first' }] })
    resuming.send({ type: 'resume', after_seq: 0 })
    await resuming.flush()
    expect(told(resuming)).toEqual([])
    await settle('sent', SENT)
    await early.next('chat_message')
    await Promise.all([late.flush(), resuming.flush()])
    expect([told(early), told(late), told(resuming)]).toEqual([['first'], [], ['first']])
  })

  it('of the bot is an ai_message, which waits for nothing but its turn', async () => {
    const client = await enter()
    await send('first')
    await answerAsBot(anna.as, id, 'second')
    await client.flush()
    expect(told(client)).toEqual([])
    await settle('sent', SENT)
    expect(await client.next('ai_message')).toMatchObject({
      conversation_id: id,
      is_ai_response: true,
      message: { seq: 2 },
    })
    expect(client.frames.slice(1).map(({ type }) => type)).toEqual(['pong', 'chat_message', 'ai_message'])
  })
})

describe('resume', () => {
  const storeMany = async (count: number) => {
    for (let index = 0; index < count; index++)
      await sendMessage(
        { ...anna.as, feed: { publish: () => {}, listen: anna.as.feed.listen.bind(anna.as.feed) } },
        {
          conversationId: id,
          content: `${index + 1}`,
          type: 'support',
          clientId: null,
        },
      )
  }

  it('replays what came after a seq, in order, at most 500; beyond it says reset', async () => {
    await storeMany(501)
    const client = await enter()
    client.send({ type: 'resume', after_seq: 1 })
    await client.flush()
    expect(told(client)).toEqual(Array.from({ length: 500 }, (_, index) => `${index + 2}`))
    client.send({ type: 'resume', after_seq: 0 })
    await client.flush()
    expect(client.of('reset')).toHaveLength(1)
    expect(told(client)).toHaveLength(500)
  })
})

describe('typing', () => {
  it('is told to the others, not to who types, and not past its time', async () => {
    const [typist, other] = [await enter(), await enter()]
    typist.send({ type: 'typing', is_typing: true })
    expect(await other.next('typing_indicator')).toMatchObject({
      conversation_id: id,
      username: 'anna',
      is_typing: true,
    })
    await pass(5_999)
    await other.flush()
    expect(other.of('typing_indicator')).toHaveLength(1)
    await pass(1)
    expect(await other.next('typing_indicator')).toMatchObject({ is_typing: false })
    await typist.flush()
    expect(typist.of('typing_indicator')).toEqual([])
  })

  it('goes on while it is said again, and ends with a word or with the socket', async () => {
    const [typist, other] = [await enter(), await enter()]
    for (const _ of [1, 2, 3]) {
      typist.send({ type: 'typing', is_typing: true })
      await other.next('typing_indicator')
      await pass(4_000)
    }
    expect(other.of('typing_indicator').every(({ is_typing }) => is_typing)).toBe(true)
    typist.send({ type: 'typing', is_typing: false })
    expect(await other.next('typing_indicator')).toMatchObject({ is_typing: false })
    typist.send({ type: 'typing', is_typing: true })
    await other.next('typing_indicator')
    await typist.close()
    expect(await other.next('typing_indicator')).toMatchObject({ is_typing: false })
  })
})

describe('presence', () => {
  it('tells colleagues who comes and who has left for good, and nobody about themselves', async () => {
    const bob = await join(anna.as, 'bob')
    const hers = await enter()
    const [one, two] = [await enter(bob), await enter(bob)]
    expect(await hers.next('user_presence')).toMatchObject({
      user_id: bob.as.actor.userId,
      username: 'bob',
      is_online: true,
    })
    await one.close()
    await pass(10_000)
    await two.close()
    const again = await enter(bob)
    await pass(10_000)
    await hers.flush()
    expect(hers.of('user_presence')).toHaveLength(1)
    await again.close()
    await pass(3_000)
    expect(await hers.next('user_presence')).toMatchObject({ user_id: bob.as.actor.userId, is_online: false })
    expect([...one.of('user_presence'), ...two.of('user_presence')]).toEqual([])
  })

  it('tells as gone whose node died without a word', async () => {
    const hers = await enter()
    const { actor } = (await join(anna.as, 'bob')).as
    await server.ctx.presence.enter(`room:${id}`, actor.userId, 'on another node')
    server.ctx.bus.publish(`signals:${anna.as.actor.workspaceId}`, {
      type: 'presence',
      userId: actor.userId,
      name: 'bob',
      isOnline: true,
      conversationId: id,
    })
    expect(await hers.next('user_presence')).toMatchObject({ is_online: true })
    for (const _ of [1, 2, 3, 4]) await pass(15_000)
    expect(await hers.next('user_presence')).toMatchObject({
      user_id: actor.userId,
      username: 'bob',
      is_online: false,
    })
  })
})

it('brings nothing to another conversation, nor to another workspace', async () => {
  const omar = await server.enter('omar')
  const his = await enter(omar, (await openListed(omar.as)).id)
  const hers = await enter(anna, (await openListed(anna.as)).id)
  const client = await enter()
  client.send({ type: 'typing', is_typing: true })
  client.send({ type: 'mark_read' })
  client.send({ content: 'hello' })
  await client.flush()
  await pass(WAIT_MS)
  await client.next('chat_message')
  for (const quiet of [his, hers]) {
    await quiet.flush()
    expect(quiet.frames.map(({ type }) => type)).toEqual(['recent_messages', 'pong'])
  }
})
