import { expect, test } from 'vitest'
import { isUnstorable } from '../../contract/characters.ts'
import { parseUpdate } from './parse.ts'

const from = { id: 42, is_bot: false, first_name: 'سارا', last_name: 'احمدی', username: 'sara' }
const base = { message_id: 7, date: 1, chat: { id: 42, type: 'private' }, from }
const parse = (update: object) => parseUpdate(JSON.stringify({ update_id: 9, ...update }))
const contentOf = (message: object) => {
  const parsed = parse({ message: { ...base, ...message } })
  return parsed.kind === 'message' ? [parsed.message.kind, parsed.message.content] : parsed.kind
}

test('a text message carries its keys, its sender and its exact text', () => {
  expect(parse({ message: { ...base, text: ' <b>سلام</b> ' } })).toEqual({
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

test.each([
  [{ photo: [{}], caption: 'look' }, ['image', 'look']],
  [{ photo: [{}] }, ['image', 'Photo']],
  [{ voice: {} }, ['voice', 'Voice message']],
  [{ video_note: {} }, ['video', 'Video message']],
  [{ animation: {}, document: {} }, ['video', 'GIF']],
  [{ document: { file_name: 'a.pdf' } }, ['file', 'a.pdf']],
  [{ sticker: { emoji: '👍' } }, ['sticker', '👍']],
  [{ location: { latitude: 1.5, longitude: 2 } }, ['location', '1.5, 2']],
  [{ contact: { first_name: 'Kim', phone_number: '+1' } }, ['share', 'Kim +1']],
  [{ something_new: {} }, ['text', 'Unsupported message']],
])('%j becomes %j', (message, expected) => {
  expect(contentOf(message)).toEqual(expected)
})

test.each([
  [{ my_chat_member: {} }],
  [{ message_reaction: {} }],
  [{ kind_of_next_year: {} }],
  [{ edited_message: { ...base, text: 'x' } }],
  [{ message: { ...base, chat: { id: -5, type: 'group' }, text: 'x' } }],
  [{}],
])('%j is passed over', (update) => {
  expect(parse(update)).toMatchObject({ kind: 'ignored', key: 'update:9' })
})

test.each(['', 'x', '[]', 'null', '{}', '{"update_id":"1"}', '{"update_id":1,"message":{"text":"x"}}'])(
  '%s is refused',
  (body) => {
    expect(() => parseUpdate(body)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  },
)

test('what cannot be stored is replaced, and an emoji is left alone', () => {
  const parsed = parse({ message: { ...base, from: { id: 1, first_name: 'a\0' }, text: 'a\0b\ud800c👍' } })
  expect(parsed).toMatchObject({ message: { content: 'a\ufffdb\ufffdc👍', firstName: 'a\ufffd' } })
  expect(isUnstorable(JSON.stringify(parsed))).toBe(false)
})
