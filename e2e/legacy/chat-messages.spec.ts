import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, INSTANT, test } from '../support/cast.ts'
import type { RawSocket } from '../support/raw-socket.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const say = (content: unknown, more: object = {}) => ({ type: 'chat_message', content, ...more })
const MESSAGE_KEYS = [
  'id',
  'content',
  'type',
  'customer',
  'conversation_id',
  'is_ai_response',
  'is_answered',
  'created_at',
  'feedback',
  'feedback_comment',
  'feedback_at',
  'message_type',
  'media_url',
  'media_file',
  'processing_status',
  'transcription',
]
const CUSTOMER_KEYS = [
  'id',
  'first_name',
  'last_name',
  'username',
  'email',
  'phone_number',
  'description',
  'source',
  'source_id',
  'profile_picture',
  'created_at',
  'updated_at',
  'tag',
]
const Listed = z.array(
  z.looseObject({ id: z.string(), last_message: z.looseObject({ content: z.string() }).nullable() }),
)
/** The row that a list socket was last told first. */
const firstOf = (list: RawSocket) => Listed.parse(list.of('conversations_list').at(-1)?.conversations)[0]
/** Frames that answer one another on one socket: what came before this has come. */
const settled = (socket: RawSocket) => socket.ask({ type: 'ping' }, 'pong')

test.describe('Chat messages', () => {
  test('send on C1: the sender gets chat_message with the message as support, John as its customer, and success', async () => {
    const socket = await cast.chat()
    const frame = await socket.ask(say('hi'), 'chat_message')
    expect(Object.keys(frame).sort()).toEqual(['external_send_result', 'message', 'type'])
    expect(frame).toMatchObject({
      message: {
        id: expect.stringMatching(/^\w{1,10}$/),
        content: 'hi',
        type: 'support',
        conversation_id: cast.c1,
        customer: { first_name: 'John', last_name: 'Doe', source: 'telegram', source_id: String(cast.john) },
        created_at: INSTANT,
        is_ai_response: false,
        is_answered: false,
        feedback: 'none',
        feedback_comment: '',
        feedback_at: null,
        message_type: 'text',
        media_url: null,
        processing_status: 'completed',
      },
      external_send_result: { success: true, message_id: expect.any(Number), data: { ok: true } },
    })
    const message = frame.message as Record<string, object>
    expect(Object.keys(message)).toEqual(expect.arrayContaining([...MESSAGE_KEYS, 'seq']))
    expect(Object.keys(message.customer ?? {}).sort()).toEqual([...CUSTOMER_KEYS].sort())
    socket.close()
  })

  test('fake Telegram got POST /bot<token>/sendMessage with chat_id the source id, and text=hi, exactly once', async () => {
    const chatId = 521
    const id = await cast.converse(chatId)
    const socket = await cast.chat(id)
    await socket.ask(say('hi'), 'chat_message')
    expect(cast.telegram.textsTo(chatId)).toEqual(['hi'])
    expect(cast.telegram.callsOf(cast.bot).slice(-1)).toEqual([`POST /bot${cast.bot.token}/sendMessage`])
    socket.close()
  })

  test('the second socket of A on C1 gets the same chat_message exactly once, and so does the sender', async () => {
    const [sender, second] = [await cast.chat(), await cast.chat()]
    const frame = await sender.ask(say('to both'), 'chat_message')
    await second.next('chat_message', 0)
    await sender.ask(say('and once more'), 'chat_message')
    await second.next('chat_message', 1)
    for (const socket of [sender, second]) {
      expect(socket.live.map(({ content }) => content)).toEqual(['to both', 'and once more'])
      expect(socket.of('chat_message')[0]).toEqual(frame)
      socket.close()
    }
  })

  test('A’s conversations socket gets a new conversations_list whose C1 comes first, with the message as its last', async () => {
    const other = await cast.converse(522, 'Newer than C1')
    const [list, socket] = [await cast.list(), await cast.chat()]
    expect(firstOf(list)).toMatchObject({ id: other })
    socket.send(say('now C1 is first'))
    await list.until(() => firstOf(list)?.last_message?.content === 'now C1 is first')
    expect(firstOf(list)).toMatchObject({ id: cast.c1 })
    expect(list.of('new_customer_message')).toEqual([])
    list.close()
    socket.close()
  })

  test('content "  hi  " is stored and echoed as hi', async () => {
    const socket = await cast.chat()
    expect(await socket.ask(say('  hi  '), 'chat_message')).toMatchObject({ message: { content: 'hi' } })
    expect(await socket.ask(say('\u001c\u0085 Python’s spaces \u001f\n'), 'chat_message')).toMatchObject({
      message: { content: 'Python’s spaces' },
    })
    expect(await socket.ask(say('\ufeffa mark that stays'), 'chat_message')).toMatchObject({
      message: { content: '\ufeffa mark that stays' },
    })
    socket.close()
  })

  test('content "", "   " or absent: only the sender gets the error, nothing is stored or sent, the socket stays usable', async () => {
    const id = await cast.converse(523)
    const [sender, second] = [await cast.chat(id), await cast.chat(id)]
    for (const frame of [say(''), say('   '), { type: 'chat_message' }, say(null), {}]) {
      expect(await sender.ask(frame, 'error')).toMatchObject({
        error: 'Message content cannot be empty',
        message: 'Message content cannot be empty',
        timestamp: INSTANT,
      })
    }
    expect(await sender.ask(say('usable'), 'chat_message')).toMatchObject({ message: { content: 'usable' } })
    await second.next('chat_message', 0)
    expect(second.of('error')).toEqual([])
    const history = await sender.ask({ type: 'get_messages' }, 'recent_messages')
    expect(history.count).toBe(2)
    expect(cast.telegram.textsTo(523)).toEqual(['usable'])
    sender.close()
    second.close()
  })

  test('{} (no type) is as empty content; {"content":"x"} (no type) is treated as chat_message', async () => {
    const socket = await cast.chat()
    expect(await socket.ask({}, 'error')).toMatchObject({ error: 'Message content cannot be empty' })
    expect(await socket.ask({ content: 'x' }, 'chat_message')).toMatchObject({ message: { content: 'x' } })
    socket.close()
  })

  test('1000 code points are accepted; 1001 are an error and not stored', async () => {
    const id = await cast.converse(524)
    const socket = await cast.chat(id)
    const words = Array.from({ length: 300 }, (_, index) => `word ${index} 🙂`).join(' ')
    const thousand = `${[...words].slice(0, 999).join('')}.`
    expect(await socket.ask(say(thousand), 'chat_message')).toMatchObject({ message: { content: thousand } })
    expect(await socket.ask(say(`${thousand}!`), 'error')).toMatchObject({ error: 'Content too long' })
    expect(await socket.ask(say(`  ${thousand}  `), 'chat_message')).toMatchObject({
      message: { content: thousand },
    })
    expect((await socket.ask({ type: 'get_messages' }, 'recent_messages')).count).toBe(3)
    socket.close()
  })

  test('message_type "marketing", "customer" or garbage on a socket is stored as support', async () => {
    const socket = await cast.chat()
    for (const message_type of ['marketing', 'customer', 'AI', 'garbage', 5, null, { a: 1 }])
      expect(await socket.ask(say('typed', { message_type }), 'chat_message')).toMatchObject({
        message: { type: 'support', is_ai_response: false },
      })
    socket.close()
  })

  test('{bad json: a frame with error="Invalid JSON format"; the next valid frame works', async () => {
    const socket = await cast.chat()
    expect(await socket.ask('{bad json', 'error')).toMatchObject({
      error: 'Invalid JSON format',
      message: 'Invalid JSON format',
      timestamp: INSTANT,
    })
    await socket.ask(say('after bad json'), 'chat_message')
    socket.close()
  })

  test('an unknown type changes no state and leaves the socket open', async () => {
    const [chat, list, customers] = [await cast.chat(), await cast.list(), await cast.customers()]
    for (const socket of [chat, list, customers]) {
      expect(await socket.ask({ type: 'dance', content: 'x' }, 'error')).toMatchObject({
        error: 'Unknown message type',
        message: 'Unknown message type',
      })
      await settled(socket)
      expect(socket.closed).toBeNull()
      expect(socket.of('chat_message')).toEqual([])
      socket.close()
    }
  })

  test('a frame of wrong types, no object or binary is an error frame, and the socket stays open', async () => {
    const socket = await cast.chat()
    for (const frame of [
      '[]',
      'null',
      '42',
      '"x"',
      say(5),
      say(['x']),
      say({ a: 1 }),
      Buffer.from('{"content":"x"}'),
    ])
      expect(await socket.ask(frame, 'error')).toMatchObject({ error: expect.stringMatching(/./) })
    expect(await socket.ask({ type: 'get_messages', filters: 'x' }, 'error')).toBeTruthy()
    expect(socket.closed).toBeNull()
    socket.close()
  })

  test('NUL and lone surrogates are refused with an error frame, never stored altered', async () => {
    const socket = await cast.chat()
    for (const frame of [say('a\u0000b'), '{"content":"half \\ud83d"}']) await socket.ask(frame, 'error')
    await settled(socket)
    expect(socket.live).toEqual([])
    socket.close()
  })

  test('Persian, emoji and direction marks round-trip unchanged, and <b> is not altered in the frame or on its way out', async () => {
    const id = await cast.converse(525)
    const socket = await cast.chat(id)
    const texts = [
      'سلام، می‌خواهم سفارشم را پیگیری کنم 👩‍👩‍👧‍👦',
      '\u202bابجد\u202c 1<2 & "x"',
      '<b>bold</b> &amp;',
    ]
    for (const text of texts)
      expect(await socket.ask(say(text), 'chat_message')).toMatchObject({ message: { content: text } })
    expect(cast.telegram.textsTo(525)).toEqual(texts)
    expect((await socket.ask({ type: 'get_messages' }, 'recent_messages')).messages).toMatchObject([
      {},
      ...texts.map((content) => ({ content })),
    ])
    socket.close()
  })
})
