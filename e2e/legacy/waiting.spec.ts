import { expect, test } from '@playwright/test'
import { Cast, newBotId, UNBOUNDED } from '../support/cast.ts'
import { Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

const WAIT_MS = 1_000
const PENDING = { success: false, pending: true, error: 'Delivery pending' }

let shop: Shop
let cast: Cast
test.beforeAll(async () => {
  shop = await Shop.open(newBotId(), { ...UNBOUNDED, EXTERNAL_SEND_WAIT_MS: String(WAIT_MS) })
  cast = await Cast.open(shop)
})
test.afterAll(() => shop.close())

const say = (content: string) => ({ type: 'chat_message', content })
/** Lets the platform answer this chat only when the returned function is called. */
function hold(chatId: number): () => void {
  let release = () => {}
  const after = new Promise<void>((resolve) => {
    release = resolve
  })
  cast.telegram.manners.set(chatId, { after })
  return () => {
    cast.telegram.manners.delete(chatId)
    release()
  }
}

test.describe('A platform that answers late', () => {
  test('after the wait the frame leaves as pending, the delivery goes on, and no second frame follows', async () => {
    const id = await cast.converse(1201)
    const release = hold(1201)
    const room = await cast.chat(id)
    const since = Date.now()
    expect(await room.ask(say('slow'), 'chat_message')).toMatchObject({
      message: { content: 'slow' },
      external_send_result: PENDING,
    })
    expect(Date.now() - since).toBeGreaterThanOrEqual(WAIT_MS - 50)
    release()
    await expect
      .poll(
        async () =>
          (await cast.query(`SELECT state FROM delivery WHERE conversation_id = '${id}'`))[0]?.state,
      )
      .toBe('sent')
    expect(await room.ask(say('quick'), 'chat_message')).toMatchObject({
      external_send_result: { success: true },
    })
    expect(room.live.map(({ content }) => content)).toEqual(['slow', 'quick'])
    expect(cast.telegram.textsTo(1201)).toEqual(['slow', 'quick'])
    room.close()
  })

  test('an answer within the wait is the frame’s own, not pending', async () => {
    const id = await cast.converse(1202)
    const release = hold(1202)
    const room = await cast.chat(id)
    room.send(say('in time'))
    await expect.poll(() => cast.telegram.textsTo(1202)).toEqual(['in time'])
    release()
    expect(await room.next('chat_message', 0)).toMatchObject({ external_send_result: { success: true } })
    room.close()
  })

  test('waits do not add up, and the order is kept: later messages of the conversation follow the one that waits', async () => {
    const id = await cast.converse(1203)
    const release = hold(1203)
    const room = await cast.chat(id)
    const since = Date.now()
    const texts = Array.from({ length: 5 }, (_, index) => `waits ${index}`)
    for (const text of texts) room.send(say(text))
    await expect
      .poll(async () => (await cast.rest(`/message/user-messages?conversation=${id}`)).json)
      .toMatchObject({ count: 6 })
    await cast.bot.write(cast.host, 1203, 'And the customer')
    await room.until(() => room.live.length === 6)
    expect(Date.now() - since).toBeLessThan(3 * WAIT_MS)
    expect(room.live.map(({ content }) => content)).toEqual([...texts, 'And the customer'])
    expect(room.live.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6, 7])
    for (const frame of room.of('chat_message').slice(0, 5))
      expect(frame.external_send_result).toEqual(PENDING)
    expect(room.of('chat_message')[5]?.external_send_result).toEqual({})
    release()
    await expect.poll(() => cast.telegram.textsTo(1203)).toEqual(texts)
    room.close()
  })

  test('typing, reads, queries and pings of the same room do not wait for it, and neither do other conversations', async () => {
    const [slow, quick] = [await cast.converse(1204), await cast.converse(1205)]
    const release = hold(1204)
    const [room, second, other] = [await cast.chat(slow), await cast.chat(slow), await cast.chat(quick)]
    room.send(say('slow'))
    await expect.poll(() => cast.telegram.textsTo(1204)).toEqual(['slow'])
    second.send({ type: 'typing', is_typing: true })
    await room.next('typing_indicator', 0)
    await room.ask({ type: 'mark_read' }, 'messages_read')
    await room.ask({ type: 'ping' }, 'pong')
    expect(await room.ask({ type: 'get_messages' }, 'recent_messages')).toMatchObject({ count: 2 })
    const before = Date.now()
    expect(await other.ask(say('quick'), 'chat_message')).toMatchObject({
      external_send_result: { success: true },
    })
    expect((await cast.send(quick, 'quick by REST')).json).toMatchObject({
      data: { external_send_result: { success: true } },
    })
    expect(Date.now() - before).toBeLessThan(WAIT_MS)
    expect(await room.next('chat_message', 0)).toMatchObject({ external_send_result: PENDING })
    release()
    for (const socket of [room, second, other]) socket.close()
  })

  test('REST waits like the frame, and answers 201 with the same pending result', async () => {
    const id = await cast.converse(1206)
    const release = hold(1206)
    const room = await cast.chat(id)
    const answer = await cast.send(id, 'slow by REST')
    expect([answer.status, answer.json]).toMatchObject([201, { data: { external_send_result: PENDING } }])
    expect(await room.next('chat_message', 0)).toMatchObject({ external_send_result: PENDING })
    release()
    room.close()
  })

  test('a socket that resumes while a frame waits gets it once, in its place', async () => {
    const id = await cast.converse(1207)
    const release = hold(1207)
    const room = await cast.chat(id)
    room.send(say('waits'))
    await expect.poll(() => cast.telegram.textsTo(1207)).toEqual(['waits'])
    const late = await cast.chat(id)
    late.send({ type: 'resume', after_seq: 1 })
    await room.next('chat_message', 0)
    await late.ask({ type: 'ping' }, 'pong')
    release()
    await room.ask(say('after it'), 'chat_message')
    await late.until(() => late.live.at(-1)?.content === 'after it')
    const seqs = late.live.map(({ seq }) => seq)
    expect(new Set(seqs).size).toBe(seqs.length)
    expect(seqs).toEqual([...seqs].sort((one, other) => one - other))
    expect([...late.history.map(({ seq }) => seq), ...seqs]).toEqual(expect.arrayContaining([1, 2, 3]))
    room.close()
    late.close()
  })
})
