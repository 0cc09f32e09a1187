import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Conversation } from '../../contract/conversation.ts'
import { answerAsBot, join, openKey, openListed, type Person, say } from '../../core/cast.testing.ts'
import { deleteConversation } from '../../core/conversations/delete.ts'
import { setStatus } from '../../core/conversations/set-status.ts'
import { changeCustomer, deleteCustomer } from '../../core/customers/change.ts'
import { editMessage } from '../../core/messages/edit.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { unsendMessage } from '../../core/messages/unsend.ts'
import { setBot } from '../../core/workspaces/bot.ts'
import { CONVERSATIONS, chatPath, startRaw } from './raw-server.testing.ts'

let server: Awaited<ReturnType<typeof startRaw>>
let anna: Person
let own: Conversation
beforeAll(async () => {
  server = await startRaw()
})
beforeEach(async () => {
  anna = await server.enter(`anna${server.ctx.ids.short()}`)
  own = await openListed(anna.as)
})
afterAll(() => server.close())

const enter = (who = anna) => server.connect(chatPath(own.id), who)
const sayMany = async (count: number) => {
  for (let index = 1; index <= count; index++) await say(anna.as, own, `${index}`)
}

describe('the history', () => {
  it('comes with 50 on entering, with 10 when asked, with 50 for null', async () => {
    await sayMany(60)
    const client = await enter()
    expect(client.frames[0]).toMatchObject({ count: 60, page_count: 50, pagination: { page_size: 50 } })
    const sizeOf = async (frame: object) => (await client.ask(frame, 'recent_messages')).page_count
    expect(await sizeOf({ type: 'get_messages' })).toBe(10)
    expect(await sizeOf({ type: 'load_more_messages', filters: {} })).toBe(10)
    expect(await sizeOf({ type: 'get_messages', filters: null })).toBe(50)
    expect(await sizeOf({ type: 'get_messages', filters: { page: 9 } })).toBe(0)
    await client.close()
  })

  it('is the oldest first within a page, and page 2 is older', async () => {
    await sayMany(5)
    const client = await enter()
    const page = async (number: number) => {
      const filters = { page: number, page_size: 2 }
      const { messages } = await client.ask({ type: 'get_messages', filters }, 'recent_messages')
      return (messages as { content: string }[]).map(({ content }) => content)
    }
    expect([await page(1), await page(2), await page(3)]).toEqual([['4', '5'], ['2', '3'], ['1']])
    await client.close()
  })

  it('that cannot be loaded says so, and the socket stays open', async () => {
    const { slice } = server.ctx.messages
    Object.assign(server.ctx.messages, { slice: () => Promise.reject(new Error('away')) })
    const client = await enter()
    expect(client.frames[0]).toMatchObject({ type: 'error', error: 'Connection timeout - please refresh' })
    expect(
      await client.ask({ type: 'get_messages' }, 'error').then(() => client.of('error').at(-1)),
    ).toMatchObject({
      error: 'Failed to load recent messages',
    })
    Object.assign(server.ctx.messages, { slice })
    await client.ask({ content: 'hi' }, 'chat_message')
    await client.close()
  })
})

describe('a message', () => {
  it('comes once to everybody in the room, by its owner’s colleagues too', async () => {
    const bob = await join(anna.as, `bob${server.ctx.ids.short()}`)
    const sockets = [await enter(), await enter(), await enter(bob)]
    sockets[0]?.send({ content: '  hi  ', message_type: 'customer' })
    for (const socket of sockets) {
      const told = await socket.next('chat_message')
      expect(told).toMatchObject({
        message: { content: 'hi', type: 'support', customer: { id: own.customerId } },
      })
      await socket.flush()
      expect(socket.of('chat_message')).toHaveLength(1)
    }
    await Promise.all(sockets.map((socket) => socket.close()))
  })

  it('carries the customer as they are now', async () => {
    const client = await enter()
    await changeCustomer(anna.as, {
      customerId: own.customerId,
      fields: { first_name: 'Else' },
      tagIds: null,
    })
    client.send({ content: 'hi' })
    expect(await client.next('chat_message')).toMatchObject({ message: { customer: { first_name: 'Else' } } })
    expect(await client.ask({ type: 'get_messages' }, 'recent_messages')).toMatchObject({
      messages: [{ customer: { first_name: 'Else' } }],
    })
    await client.close()
  })

  it('that our side wrote in Instagram’s own app says so, and waits for no delivery', async () => {
    const client = await enter()
    const { workspaceId } = anna.as.actor
    const { event } = await anna.as.journal.appendMessage({
      kind: 'message',
      workspaceIds: [workspaceId],
      conversationId: own.id,
      id: anna.as.ids.short(),
      type: 'support',
      content: 'from my phone',
      contentKind: 'text',
      sender: 'app',
      author: null,
      clientId: null,
      providerId: 'mid.1',
      deliver: false,
      extras: { via: 'instagram_app' },
    })
    anna.as.feed.publish(workspaceId, event)
    expect(await client.next('chat_message')).toMatchObject({
      message: { content: 'from my phone', type: 'support' },
      external_send_result: { success: true, source: 'instagram_direct' },
    })
    await client.close()
  })

  it('that was edited or taken back reads so from then on, and the list follows', async () => {
    const content = (messages: unknown) => (messages as { content: string }[]).map((one) => one.content)
    const client = await enter()
    const list = await server.connect(CONVERSATIONS, anna)
    const sending = { conversationId: own.id, type: 'support' as const, clientId: null }
    const { id: messageId } = (await sendMessage(anna.as, { ...sending, content: 'helo' })).message
    await client.next('chat_message')
    await editMessage(anna.as, { messageId, content: 'hello' })
    const history = await client.ask({ type: 'get_messages' }, 'recent_messages')
    expect(content(history.messages)).toEqual(['hello'])
    const last = () => list.of('conversations_list').at(-1)
    await expect.poll(last).toMatchObject({ conversations: [{ last_message: { content: 'hello' } }] })
    await unsendMessage(anna.as, { messageId })
    const gone = await client.ask({ type: 'get_messages' }, 'recent_messages')
    expect(content(gone.messages)).toEqual([''])
    await expect.poll(last).toMatchObject({ conversations: [{ last_message: { content: '' } }] })
    await Promise.all([client.close(), list.close()])
  })

  it.each([
    [{ content: 'é'.repeat(1001) }, 'Content too long'],
    [{ content: ' \n' }, 'Message content cannot be empty'],
    [{ content: 5 }, 'Message content must be a string'],
    [{ content: 'a\u0000' }, 'Message content cannot be stored'],
  ])('%j is refused: %s', async (frame, text) => {
    const client = await enter()
    expect(await client.ask(frame, 'error')).toMatchObject({ error: text, message: text })
    await client.close()
  })
})

describe('reading', () => {
  const answered = async () => {
    const client = await enter()
    await client.ask({ type: 'mark_read' }, 'messages_read')
    const { messages } = await client.ask({ type: 'get_messages' }, 'recent_messages')
    await client.close()
    return (messages as { is_answered: boolean }[]).map(({ is_answered }) => is_answered)
  }

  it('marks all that the customer said', async () => {
    await sayMany(2)
    expect(await answered()).toEqual([true, true])
  })

  it('marks what the bot has answered, where the bot answers', async () => {
    await openKey(anna.as, ['ai'])
    await setBot(anna.as, { isOn: true })
    await setStatus(anna.as, { conversationId: own.id, status: 'active' })
    await say(anna.as, own, 'one')
    await answerAsBot(anna.as, own.id, 'answer')
    await say(anna.as, own, 'two')
    expect(await answered()).toEqual([true, false, false])
  })

  it('is told to everybody, and the list shows it', async () => {
    await sayMany(1)
    const list = await server.connect(CONVERSATIONS, anna)
    expect(list.frames[0]).toMatchObject({ conversations: [{ unread_count: 1 }] })
    const [one, two] = [await enter(), await enter()]
    one.send({ type: 'mark_read' })
    const read = { type: 'messages_read', user_id: anna.as.actor.userId }
    expect([await one.next('messages_read'), await two.next('messages_read')]).toEqual([read, read])
    expect(await list.next('conversations_list')).toMatchObject({ conversations: [{ unread_count: 0 }] })
    await Promise.all([list, one, two].map((socket) => socket.close()))
  })
})

describe('feedback', () => {
  it('is refused in the order in which it is checked', async () => {
    const { id: message_id } = await say(anna.as, own, 'hello')
    const other = await openListed(anna.as)
    const elsewhere = await answerAsBot(anna.as, other.id, 'answer')
    const client = await enter()
    const refusal = async (frame: object) =>
      (await client.ask({ type: 'submit_feedback', ...frame }, 'error')).error
    expect(await refusal({ feedback: 'great' })).toBe('message_id is required')
    expect(await refusal({ message_id, feedback: 'great' })).toBe(
      'Invalid feedback type. Must be "positive", "negative", or "none"',
    )
    expect(await refusal({ message_id: elsewhere.id, feedback: 'none' })).toBe(
      'Message not found or you do not have permission to access it',
    )
    expect(await refusal({ message_id, feedback: 'none' })).toBe(
      'Feedback can only be submitted for AI responses',
    )
    await client.close()
  })
})

describe('a conversation that is deleted', () => {
  it.each([
    ['by itself', () => deleteConversation(anna.as, { conversationId: own.id })],
    ['with its customer', () => deleteCustomer(anna.as, { customerId: own.customerId })],
  ])('%s is told, and takes no message any more', async (_, remove) => {
    const client = await enter()
    await remove()
    expect(await client.next('conversation_deleted')).toMatchObject({
      conversation_id: own.id,
      message: 'This conversation has been deleted',
    })
    expect(await client.ask({ content: 'hi' }, 'error')).toMatchObject({ error: 'Failed to save message' })
    expect(await client.ask({ type: 'get_messages' }, 'recent_messages')).toMatchObject({ count: 0 })
    await client.flush()
    await client.close()
  })
})
