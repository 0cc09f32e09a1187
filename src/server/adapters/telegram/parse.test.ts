import type { Message, Update } from '@grammyjs/types'
import { expect, test } from 'vitest'
import { isUnstorable } from '../../contract/characters.ts'
import { messageOf, parse } from './parse.testing.ts'
import { parseUpdate } from './parse.ts'
import { bot, chat, editWith, MESSAGES, messageWith, sara } from './updates.testing.ts'

test('a text message carries its keys, its sender and its exact text', () => {
  expect(parse(messageWith({ text: ' <b>سلام</b> ' }))).toEqual({
    kind: 'message',
    message: {
      key: 'update:9',
      providerId: '42:7',
      sourceId: '42',
      firstName: 'سارا',
      lastName: 'احمدی',
      username: 'sara',
      content: ' <b>سلام</b> ',
      kind: 'text',
    },
  })
})

const earlier = (from: typeof bot | typeof sara, text: string) =>
  ({ message_id: 3, date: 1, chat, from, text }) as Message['reply_to_message']

test('an answer names what it answers, whose that was, and the words that were quoted', () => {
  const ours = { text: 'yes', reply_to_message: earlier(bot, 'Tea?') }
  expect(messageOf(ours).replyTo).toEqual({ providerId: '42:3', quoted: 'Tea?', isOwn: true })
  const quote = { text: 'Te', position: 0 }
  expect(messageOf({ ...ours, quote }).replyTo).toMatchObject({ quoted: 'Te' })
  expect(messageOf({ text: 'x', reply_to_message: earlier(sara, 'mine') }).replyTo?.isOwn).toBe(false)
})

test('of what was said in another chat only the quoted words are kept', () => {
  const origin = { type: 'hidden_user', date: 1, sender_user_name: 'x' } as const
  const message = messageOf({ text: 'x', external_reply: { origin }, quote: { text: 'there', position: 0 } })
  expect(message.replyTo).toBeUndefined()
  expect(message.extras).toEqual({ quote: { messageId: null, isOwn: false, text: 'there' } })
})

test('an edited text or caption names its message and its time', () => {
  const expected = {
    kind: 'edit',
    key: 'update:10',
    sourceId: '42',
    providerId: '42:7',
    at: '2023-11-14T22:14:20.000Z',
  }
  expect(parse(editWith({ text: 'new' }))).toEqual({ ...expected, content: 'new' })
  expect(parse(editWith({ ...MESSAGES.photo, caption: 'new' }))).toEqual({ ...expected, content: 'new' })
})

const reactionWith = (new_reaction: NonNullable<Update['message_reaction']>['new_reaction']) =>
  ({
    update_id: 11,
    message_reaction: {
      chat,
      message_id: 7,
      user: sara,
      date: 1_700_000_000,
      old_reaction: [],
      new_reaction,
    },
  }) satisfies Update

test('a reaction tells all that is on the message now, and a custom one is a star', () => {
  const both = reactionWith([
    { type: 'emoji', emoji: '👍' },
    { type: 'custom_emoji', custom_emoji_id: '5' },
    { type: 'paid' },
  ])
  const about = { kind: 'reaction', sourceId: '42', providerId: '42:7', at: '2023-11-14T22:13:20.000Z' }
  expect(parse(both)).toEqual({ ...about, key: 'update:11', emojis: ['👍', '⭐'] })
  expect(parse(reactionWith([]))).toMatchObject({ ...about, emojis: [] })
})

const memberOf = (status: string, type = 'private') => ({
  my_chat_member: { chat: { ...chat, type }, from: sara, date: 1, new_chat_member: { user: bot, status } },
})

test('who blocks the bot is out of reach until they let it back', () => {
  const reach = { kind: 'reach', key: 'update:9', sourceId: '42' }
  expect(parse(memberOf('kicked'))).toEqual({ ...reach, reason: 'blocked' })
  expect(parse(memberOf('member'))).toEqual({ ...reach, reason: null })
  expect(parse(memberOf('restricted'))).toMatchObject({ kind: 'ignored' })
  expect(parse(memberOf('kicked', 'group'))).toMatchObject({ kind: 'ignored' })
})

test('a pressed button says what stands on it', () => {
  const reply_markup = { inline_keyboard: [[{ text: 'Track it', callback_data: 'track' }]] }
  const message = { message_id: 7, date: 1, chat, from: bot, text: 'What now?', reply_markup } as Message
  const choice = (data: string) =>
    ({
      update_id: 9,
      callback_query: { id: '55', from: sara, chat_instance: 'i', message, data },
    }) satisfies Update
  expect(parse(choice('track'))).toMatchObject({
    kind: 'message',
    message: {
      content: 'Track it',
      providerId: '42:choice:55',
      sourceId: '42',
      replyTo: { providerId: '42:7' },
    },
  })
  expect(parse(choice('else'))).toMatchObject({ message: { content: 'else', receipt: '55' } })
  const { callback_query } = choice('')
  const game = { ...callback_query, data: undefined, game_short_name: 'chess' }
  const placeholder = { extras: { placeholder: 'callback_query' }, receipt: '55' }
  expect(parse({ callback_query: game })).toMatchObject({ message: { content: 'chess', ...placeholder } })
  expect(parse({ callback_query })).toMatchObject({ message: { content: 'Button', ...placeholder } })
})

const base = messageWith({}).message
test.each([
  [{ my_chat_member: {} }, 'not a private chat'],
  [{ kind_of_next_year: {} }, 'kind_of_next_year'],
  [{ business_message: { ...base, text: 'x' } }, 'business_message'],
  [{ channel_post: { ...base, text: 'x' } }, 'channel_post'],
  [{ message: { ...base, chat: { id: -5, type: 'group' }, text: 'x' } }, 'not a private chat'],
  [{ edited_message: { ...base, chat: { id: -5, type: 'supergroup' }, text: 'x' } }, 'not a private chat'],
  [{ message: { ...base, pinned_message: base } }, 'service message'],
  [{ callback_query: { id: '1', from: sara, chat_instance: 'i', game_short_name: 'g' } }, 'callback_query'],
  [{ edited_message: { text: 'x' } }, 'malformed'],
  [{ message_reaction: {} }, 'malformed'],
  [{}, 'empty'],
])('%j is passed over', (update, reason) => {
  expect(parse(update)).toEqual({ kind: 'ignored', key: 'update:9', reason })
})

test.each(['', 'x', '[]', 'null', '{}', '{"update_id":"1"}', '{"update_id":1,"message":{"text":"x"}}'])(
  '%s is refused',
  (body) => {
    expect(() => parseUpdate(body)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  },
)

test.each([
  { photo: [{}] },
  { photo: 'x' },
  { photo: [] },
  { voice: { file_id: 5 } },
  { venue: { location: 3 } },
  { contact: { phone_number: 4 } },
  { dice: [] },
  { sticker: null },
])('%j, which is not in its shape, is stored as a placeholder', (fields) => {
  const message = { ...base, ...fields }
  expect(parse({ message })).toMatchObject({ kind: 'message', message: { kind: 'text' } })
})

test('what cannot be stored is replaced, and an emoji is left alone', () => {
  const from = { ...sara, first_name: 'a\0' }
  const parsed = parse(messageWith({ from, text: 'a\0b\ud800c👍' }))
  expect(parsed).toMatchObject({ message: { content: 'a\ufffdb\ufffdc👍', firstName: 'a\ufffd' } })
  expect(isUnstorable(JSON.stringify(parsed))).toBe(false)
})
