import { expect } from '@playwright/test'
import { Cast, INSTANT, test } from '../support/cast.ts'
import type { Frame, RawSocket } from '../support/raw-socket.ts'
import { type Person, register, shareWorkspace } from '../support/rest.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
let colleague: Person
let third: Person
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
  colleague = await register(cast.host, 'colleague')
  third = await register(cast.host, 'third')
  await shareWorkspace(cast.host, cast.a, colleague)
  await shareWorkspace(cast.host, cast.a, third)
})

/** What was sent before has come. */
const settled = (...sockets: RawSocket[]) =>
  Promise.all(sockets.map((socket) => socket.ask({ type: 'ping' }, 'pong')))
const closeAll = (...sockets: RawSocket[]) => {
  for (const socket of sockets) socket.close()
}

test.describe('Reading', () => {
  test('mark_read with two unread customer messages: messages_read to all, unread_count=0, is_answered=true', async () => {
    const id = await cast.converse(606, 'First question')
    await cast.bot.write(cast.host, 606, 'Second question')
    const [one, two, list] = [await cast.chat(id), await cast.chat(id, colleague), await cast.list()]
    await one.until(() => one.history.length + one.live.length >= 2)
    const rowOf = ({ conversations }: Frame) =>
      (conversations as { id: string; unread_count: number }[]).find((row) => row.id === id)
    await list.until(() => list.of('conversations_list').some((frame) => rowOf(frame)?.unread_count === 2))
    one.send({ type: 'mark_read' })
    for (const socket of [one, two])
      expect(await socket.next('messages_read', 0)).toEqual({ type: 'messages_read', user_id: cast.a.id })
    await list.until(() => list.of('conversations_list').some((frame) => rowOf(frame)?.unread_count === 0))
    expect(rowOf(await list.askList({ type: 'get_conversations' }, 'conversations_list'))).toMatchObject({
      unread_count: 0,
    })
    const later = await cast.chat(id)
    expect(later.frames[0]?.messages).toMatchObject([{ is_answered: true }, { is_answered: true }])
    closeAll(one, two, list, later)
  })

  test('mark_read with nothing unread still gives messages_read', async () => {
    const socket = await cast.chat(cast.c0)
    for (const count of [0, 1])
      expect(await socket.ask({ type: 'mark_read' }, 'messages_read'), String(count)).toEqual({
        type: 'messages_read',
        user_id: cast.a.id,
      })
    closeAll(socket)
  })
})

test.describe('Order and resuming', () => {
  test('on connect recent_messages comes first, then presence to the other users in the room', async () => {
    const id = await cast.converse(607)
    const x = await cast.chat(id)
    const y = await cast.chat(id, colleague)
    expect(y.frames[0]?.type).toBe('recent_messages')
    await x.next('user_presence', 0)
    expect(x.frames[0]?.type).toBe('recent_messages')
    closeAll(x, y)
  })

  test('frames of one conversation leave in the order of seq, whoever sends them, by socket, REST and webhook', async () => {
    const id = await cast.converse(608)
    const [one, two] = [await cast.chat(id), await cast.chat(id, colleague)]
    for (let i = 0; i < 10; i++) {
      one.send({ type: 'chat_message', content: `one ${i}` })
      two.send({ type: 'chat_message', content: `two ${i}` })
      await cast.bot.write(cast.host, 608, `customer ${i}`)
    }
    await cast.send(id, 'by REST')
    for (const socket of [one, two]) {
      await socket.until(() => socket.live.length === 31)
      expect(socket.live.map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, index) => index + 2))
      for (const who of ['one', 'two', 'customer'])
        expect(socket.live.flatMap(({ content }) => (content.startsWith(who) ? [content] : []))).toEqual(
          Array.from({ length: 10 }, (_, index) => `${who} ${index}`),
        )
    }
    expect(one.of('chat_message')).toEqual(two.of('chat_message'))
    closeAll(one, two)
  })

  test('the frames of one connection are answered strictly one after another', async () => {
    const socket = await cast.chat()
    socket.send({ type: 'get_messages' })
    socket.send({ type: 'dance' })
    socket.send({ type: 'ping' })
    socket.send('{bad')
    socket.send({ type: 'get_messages', filters: { page_size: 1 } })
    await socket.until(() => socket.frames.length === 6)
    expect(socket.frames.map(({ type }) => type)).toEqual([
      'recent_messages',
      'recent_messages',
      'error',
      'pong',
      'error',
      'recent_messages',
    ])
    closeAll(socket)
  })

  test('resume replays what was missed after a seq, as the frames that it would have been, and the live ones follow', async () => {
    const id = await cast.converse(609)
    const watcher = await cast.chat(id)
    for (let i = 0; i < 4; i++)
      await watcher.ask({ type: 'chat_message', content: `missed ${i}` }, 'chat_message')
    const back = await cast.chat(id)
    back.send({ type: 'resume', after_seq: 2 })
    await back.until(() => back.live.length === 3)
    expect(back.live.map(({ seq }) => seq)).toEqual([3, 4, 5])
    expect(back.of('chat_message').map(({ message }) => message)).toEqual(
      watcher
        .of('chat_message')
        .slice(1)
        .map(({ message }) => message),
    )
    for (const frame of back.of('chat_message'))
      expect(frame.external_send_result).toMatchObject({ success: true })
    await watcher.ask({ type: 'chat_message', content: 'live again' }, 'chat_message')
    await back.until(() => back.live.length === 4)
    expect(back.live.map(({ seq }) => seq)).toEqual([3, 4, 5, 6])
    for (const after_seq of [undefined, -1, 1.5, '2', null])
      await back.ask({ type: 'resume', after_seq }, 'error')
    back.send({ type: 'resume', after_seq: 1_000_000 })
    await settled(back)
    expect(back.live).toHaveLength(4)
    closeAll(watcher, back)
  })

  test('resume after more than 500 messages is answered with reset, and no partial replay', async () => {
    const id = await cast.converse(610)
    await cast.writeLines(id, 2, 502)
    const socket = await cast.chat(id)
    expect(await socket.ask({ type: 'resume', after_seq: 1 }, 'reset')).toEqual({
      type: 'reset',
      timestamp: INSTANT,
    })
    expect(socket.live).toEqual([])
    socket.send({ type: 'resume', after_seq: 2 })
    await socket.until(() => socket.live.length === 500)
    expect(socket.live.at(-1)?.seq).toBe(502)
    closeAll(socket)
  })
})
