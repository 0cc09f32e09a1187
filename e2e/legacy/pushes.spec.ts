import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, INSTANT, test } from '../support/cast.ts'
import type { Frame, RawSocket } from '../support/raw-socket.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const Rows = z.array(z.looseObject({ id: z.string() }))
const rowsOf = (frame: Frame | undefined) => Rows.parse(frame?.conversations)
const idsOf = (frame: Frame | undefined) => rowsOf(frame).map(({ id }) => id)
const show = (socket: RawSocket, filters?: unknown, type = 'get_conversations') =>
  socket.askList({ type, ...(filters !== undefined && { filters }) }, 'conversations_list')

test.describe('Pushes to the list', () => {
  const lastList = (socket: RawSocket) => socket.of('conversations_list').at(-1)

  test('a customer’s message: new_customer_message and conversation_updated come before the list that holds it', async () => {
    const id = await cast.converse(721)
    const socket = await cast.list()
    await cast.bot.write(cast.host, 721, 'Now you know')
    await socket.until(() =>
      rowsOf(lastList(socket)).some((row) => row.id === id && JSON.stringify(row).includes('Now you know')),
    )
    const types = socket.frames.map(({ type }) => type)
    expect(socket.of('new_customer_message')).toEqual([
      { type: 'new_customer_message', conversation_id: id, message: 'Now you know', timestamp: INSTANT },
    ])
    expect(socket.of('conversation_updated')[0]).toEqual({
      type: 'conversation_updated',
      conversation_id: id,
    })
    expect(types.indexOf('new_customer_message')).toBeLessThan(types.lastIndexOf('conversations_list'))
    expect(types.indexOf('conversation_updated')).toBeLessThan(types.lastIndexOf('conversations_list'))
    expect(types.at(-1)).toBe('conversations_list')
    socket.close()
  })

  test('conversation_updated comes for the agent’s own message, a status and reading, each with a list', async () => {
    const id = await cast.converse(722)
    const socket = await cast.list()
    const chat = await cast.chat(id)
    const steps: (() => unknown)[] = [
      () => chat.send({ type: 'chat_message', content: 'mine' }),
      () => cast.setStatus(id, 'marketing_active'),
      () => chat.send({ type: 'mark_read' }),
    ]
    for (const step of steps) {
      const [updates, lists] = [
        socket.of('conversation_updated').length,
        socket.of('conversations_list').length,
      ]
      await step()
      expect(await socket.next('conversation_updated', updates)).toMatchObject({ conversation_id: id })
      await socket.next('conversations_list', lists)
    }
    expect(socket.of('new_customer_message')).toEqual([])
    socket.close()
    chat.close()
  })

  test('the list is pushed with the connection’s own last filters and paging, and only to the owner', async () => {
    const [filtered, plain, stranger] = [await cast.list(), await cast.list(), await cast.list(cast.b)]
    const filters = { source: 'instagram', page_size: 3, order_by: 'title' }
    await show(filtered, filters)
    const count = filtered.of('conversations_list').length
    await cast.bot.write(cast.host, cast.john, 'To be pushed')
    await plain.until(() => plain.of('conversations_list').length > 1)
    const pushed = await filtered.next('conversations_list', count)
    expect(pushed).toMatchObject({ filters, pagination: { page_size: 3 } })
    expect(idsOf(pushed)).toEqual([cast.c2])
    expect(lastList(plain)).toMatchObject({ filters: {}, pagination: { page_size: 10 } })
    await stranger.ask({ type: 'ping' }, 'pong')
    expect(stranger.of('conversations_list')).toHaveLength(1)
    for (const socket of [filtered, plain, stranger]) socket.close()
  })

  test('a burst of 100 messages costs a list socket a handful of lists, and the last of them is true', async () => {
    const id = await cast.converse(723)
    const socket = await cast.list()
    const chat = await cast.chat(id)
    const since = Date.now()
    for (let i = 1; i <= 100; i++) chat.send({ type: 'chat_message', content: `burst ${i}` })
    const contentOf = () =>
      (rowsOf(lastList(socket)).find((row) => row.id === id)?.last_message as { content?: string } | null)
        ?.content
    await socket.until(() => contentOf() === 'burst 100', 30_000)
    const bound = 3 + (Date.now() - since) / 200
    expect(socket.of('conversations_list').length).toBeLessThan(Math.min(bound, 60))
    expect(socket.of('conversation_updated').length).toBeLessThan(Math.min(bound, 60))
    socket.close()
    chat.close()
  })
})

test.describe('Deleting', () => {
  test('DELETE conversation-item: 204; conversation_deleted in the room; the list without it; a later message is an error', async () => {
    const id = await cast.converse(731)
    const [room, list] = [await cast.chat(id), await cast.list()]
    const answer = await cast.rest(`/message/conversation-item/${id}/`, { method: 'DELETE' })
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(await room.next('conversation_deleted', 0)).toEqual({
      type: 'conversation_deleted',
      conversation_id: id,
      timestamp: INSTANT,
      message: 'This conversation has been deleted',
    })
    await list.until(() => !idsOf(list.of('conversations_list').at(-1)).includes(id))
    expect(await room.ask({ type: 'chat_message', content: 'too late' }, 'error')).toMatchObject({
      error: 'Failed to save message',
    })
    expect(room.closed).toBeNull()
    expect(room.of('conversation_deleted')).toHaveLength(1)
    room.close()
    list.close()
  })
})
