import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, test } from '../support/cast.ts'
import { Console } from '../support/console.ts'
import { keysOf } from '../support/keys.ts'
import type { Frame } from '../support/raw-socket.ts'
import { call, register, shareWorkspace } from '../support/rest.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const { makeKey, answerAs } = keysOf(() => cast)
const statusOf = async (id: string) => {
  const answer = await cast.rest(`/message/conversation-item/${id}/`)
  return z.looseObject({ status: z.string() }).parse(answer.json).status
}
const botOn = (isOn: boolean) =>
  cast.rest('/usr/profile', { method: 'PATCH', body: { default_reply_handler: isOn ? 'AI' : 'support' } })
const messageOf = (frame: Frame) => z.looseObject({ id: z.string(), seq: z.number() }).parse(frame.message)

test.describe('Answers of the bot', () => {
  test('a message of type AI comes as ai_message to all in the room, is sent out, and the list shows it', async () => {
    const id = await cast.converse(1001, 'Are you open?')
    const { key } = await makeKey(['ai'])
    const [one, two, list] = [await cast.chat(id), await cast.chat(id), await cast.list()]
    const answer = await answerAs(key, id, ' We are. ', {
      metadata: { model: 'm' },
      input_tokens: 5,
      output_tokens: 7,
    })
    expect([answer.status, answer.json]).toMatchObject([
      201,
      {
        status: 'success',
        data: { message: { type: 'AI', content: 'We are.', is_ai_response: true }, conversation_id: id },
      },
    ])
    for (const socket of [one, two]) {
      expect(await socket.next('ai_message', 0)).toEqual({
        type: 'ai_message',
        message: expect.objectContaining({
          type: 'AI',
          content: 'We are.',
          is_ai_response: true,
          conversation_id: id,
          customer: expect.objectContaining({ source_id: '1001' }),
        }),
        conversation_id: id,
        is_ai_response: true,
      })
    }
    await list.until(() => JSON.stringify(list.of('conversations_list').at(-1)).includes('We are.'))
    await expect.poll(() => cast.telegram.textsTo(1001)).toEqual(['We are.'])
    await one.ask({ type: 'ping' }, 'pong')
    expect(one.of('chat_message')).toEqual([])
    const rows = await cast.rest(`/message/user-messages?conversation=${id}&is_ai_response=true`)
    expect(rows.json).toMatchObject({
      count: 1,
      results: [{ metadata: { model: 'm' }, input_tokens: 5, output_tokens: 7, total_tokens: 12 }],
    })
    for (const content of [undefined, '', 5, 'x'.repeat(1001)])
      expect((await answerAs(key, id, content)).status).toBe(400)
    for (const socket of [one, two, list]) socket.close()
  })

  test('an Idempotency-Key makes one answer of two', async () => {
    const id = await cast.converse(1002)
    const { key } = await makeKey(['ai'])
    const path = `/api/v1/message/conversation/${id}/ai-message/`
    const once = () =>
      call(cast.host, path, {
        token: key,
        body: { content: 'Once' },
        headers: { 'idempotency-key': 'bot-1' },
      })
    const ids = [await once(), await once()].map(
      ({ json }) => (json as { data: { message: { id: string } } }).data.message.id,
    )
    expect(ids[0]).toBe(ids[1])
    await expect.poll(() => cast.telegram.textsTo(1002)).toEqual(['Once'])
  })

  test('chat_message and ai_message of a conversation come in the order of seq', async () => {
    const id = await cast.converse(1003)
    const { key } = await makeKey(['ai'])
    const room = await cast.chat(id)
    for (let i = 0; i < 5; i++) {
      room.send({ type: 'chat_message', content: `agent ${i}` })
      await answerAs(key, id, `bot ${i}`)
    }
    const both = () => room.frames.filter(({ type }) => type === 'chat_message' || type === 'ai_message')
    await room.until(() => both().length === 10)
    const seqs = both().map((frame) => messageOf(frame).seq)
    expect(seqs).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    room.close()
  })
})

test.describe('While the bot answers', () => {
  test('new conversations are active only where the bot is on and a live key with the scope ai exists', async () => {
    const live = z
      .object({ results: z.array(z.looseObject({ id: z.number() })) })
      .parse((await cast.rest('/api-keys/')).json)
    for (const key of live.results) await cast.rest(`/api-keys/${key.id}/`, { method: 'DELETE' })
    expect((await botOn(true)).status).toBe(200)
    expect(await statusOf(await cast.converse(1021)), 'on, but no key').toBe('support_active')
    await makeKey(['read', 'messages'])
    expect(await statusOf(await cast.converse(1022)), 'a key without the scope').toBe('support_active')
    const { id } = await makeKey(['ai'])
    const active = await cast.converse(1023)
    expect(await statusOf(active), 'both').toBe('active')
    await cast.setStatus(active, 'closed')
    await cast.bot.write(cast.host, 1023, 'Open again')
    await expect.poll(() => statusOf(active)).toBe('active')
    expect((await botOn(false)).status).toBe(200)
    expect(await statusOf(await cast.converse(1024)), 'off again').toBe('support_active')
    await botOn(true)
    await cast.rest(`/api-keys/${id}/`, { method: 'DELETE' })
    expect(await statusOf(await cast.converse(1025)), 'the key revoked').toBe('support_active')
    await cast.setStatus(active, 'closed')
    await cast.bot.write(cast.host, 1023, 'And again')
    await expect.poll(() => statusOf(active)).toBe('support_active')
    await botOn(false)
  })

  test('status active with the bot: a customer’s message after the last AI reply stays unread after mark_read', async () => {
    const { key } = await makeKey(['ai'])
    await botOn(true)
    const id = await cast.converse(1031, 'First')
    const room = await cast.chat(id)
    const list = await cast.list()
    const unread = async () => {
      const frame = await list.askList({ type: 'get_conversations' }, 'conversations_list')
      return (frame.conversations as { id: string; unread_count: number }[]).find((row) => row.id === id)
        ?.unread_count
    }
    await room.ask({ type: 'mark_read' }, 'messages_read')
    expect(await unread(), 'the bot has not answered').toBe(1)
    await answerAs(key, id, 'Answer to the first')
    await cast.bot.write(cast.host, 1031, 'Second')
    await room.until(() => room.live.length === 1)
    expect(await room.ask({ type: 'mark_read' }, 'messages_read')).toEqual({
      type: 'messages_read',
      user_id: cast.a.id,
    })
    expect(await unread()).toBe(1)
    const history = await room.ask({ type: 'get_messages' }, 'recent_messages')
    expect(history.messages).toMatchObject([
      { content: 'First', is_answered: true },
      { type: 'AI' },
      { content: 'Second', is_answered: false },
    ])
    await cast.setStatus(id, 'support_active')
    await room.ask({ type: 'mark_read' }, 'messages_read')
    expect(await unread(), 'a person has taken over').toBe(0)
    await botOn(false)
    room.close()
    list.close()
  })

  test('an agent’s own reply handler switches no workspace of others, and the console’s switch is the same one', async () => {
    await makeKey(['ai'])
    const agent = await register(cast.host, 'agent')
    await shareWorkspace(cast.host, cast.a, agent)
    const body = { default_reply_handler: 'AI' }
    expect((await cast.rest('/usr/profile', { method: 'PATCH', as: agent, body })).status).toBe(200)
    expect(await statusOf(await cast.converse(1041))).toBe('support_active')
    const console = await Console.open(cast.host, cast.a)
    expect((await console.tell('people.setBot', { isOn: true })).status).toBe(200)
    expect(await statusOf(await cast.converse(1042))).toBe('active')
    const theirs = await Console.open(cast.host, agent)
    expect((await theirs.tell('people.setBot', { isOn: false })).status).toBe(403)
    expect((await console.tell('people.setBot', { isOn: false })).status).toBe(200)
  })
})
