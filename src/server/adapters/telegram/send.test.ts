import { expect, test } from 'vitest'
import type { AttachmentKind } from '../../contract/attachment.ts'
import type { Outgoing, OutgoingFile, SendOutcome } from '../../core/ports/platform.ts'
import { createTelegram } from './platform.ts'
import { channelAt, refusal, startScripted, TOKEN } from './server.testing.ts'

const telegram = () => createTelegram({ apiRoot: 'http://nobody.invalid' })
const plain = { op: 'send' as const, recipient: '42', file: null, replyTo: null, isHumanAgent: false }
const edit = { op: 'edit' as const, recipient: '42', providerId: '42:7', hasFile: false }
const remove = { op: 'delete' as const, recipient: '42', providerId: '42:7' }
const react = { op: 'react' as const, recipient: '42', providerId: '42:7' }

async function hand(outgoing: Outgoing, ...replies: [number, object][]) {
  await using server = await startScripted(replies)
  const outcome = await telegram().send(channelAt(server.url), outgoing)
  return { outcome, asked: server.asked, calls: server.asked.map(({ method, json }) => [method, json]) }
}
const send = (content: string, ...replies: [number, object][]) => hand({ ...plain, content }, ...replies)

async function* once(text: string) {
  yield Buffer.from(text)
}
const fileOf = (kind: AttachmentKind, text = 'its bytes', size = text.length): OutgoingFile => ({
  kind,
  name: 'a "b".bin',
  mime: 'application/x-test',
  size,
  read: async () => once(text),
  url: async () => 'https://nobody.invalid/file',
})

test('a text goes out as it was written, and what it answers may be gone', async () => {
  const { calls, outcome } = await hand({ ...plain, content: 'a < b &amp; <b>', replyTo: '42:3' })
  const reply_parameters = { message_id: 3, allow_sending_without_reply: true }
  expect(calls).toEqual([['sendMessage', { chat_id: '42', text: 'a < b &amp; <b>', reply_parameters }]])
  expect(outcome).toMatchObject({ outcome: 'sent', providerId: '42:7', result: { message_id: 7 } })
})

test('what a customer chose from a menu has no number to be answered by', async () => {
  const { calls } = await hand({ ...plain, content: 'a', replyTo: '42:choice:9' })
  expect(calls).toEqual([['sendMessage', { chat_id: '42', text: 'a' }]])
})

test('formatting goes out as HTML in which nothing else is markup', async () => {
  const { calls } = await send('<b>1 < 2</b> <script>')
  expect(calls).toEqual([
    ['sendMessage', { chat_id: '42', text: '<b>1 &lt; 2</b> &lt;script&gt;', parse_mode: 'HTML' }],
  ])
})

const UNREAD = refusal(400, "Bad Request: can't parse entities: Unsupported start tag")

test('where formatting cannot be read, the words go out once more, plain', async () => {
  const { calls, outcome } = await send('<b>a</b>', UNREAD)
  expect(calls.at(-1)).toEqual(['sendMessage', { chat_id: '42', text: 'a' }])
  expect(outcome).toMatchObject({ outcome: 'sent' })
  expect((await send('<b>a</b>', UNREAD, UNREAD)).calls).toHaveLength(2)
  expect((await send('a', UNREAD)).calls).toHaveLength(1)
  expect((await send('<b>a</b>', refusal(400, 'Bad Request: message is too long'))).calls).toHaveLength(1)
})

test('a chat that became another is written to there, once', async () => {
  const moved = refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
    migrate_to_chat_id: -1001,
  })
  const there: [number, object] = [200, { ok: true, result: { message_id: 1, chat: { id: -1001 } } }]
  const { calls, outcome } = await send('a', moved, there)
  expect(calls.at(-1)).toEqual(['sendMessage', { chat_id: -1001, text: 'a' }])
  expect(outcome).toMatchObject({ outcome: 'sent', providerId: '-1001:1' })
  expect((await send('a', moved, moved)).calls).toHaveLength(2)
})

test.each<[AttachmentKind, string, string]>([
  ['image', 'sendPhoto', 'photo'],
  ['voice', 'sendVoice', 'voice'],
  ['audio', 'sendAudio', 'audio'],
  ['video', 'sendVideo', 'video'],
  ['animation', 'sendAnimation', 'animation'],
  ['file', 'sendDocument', 'document'],
])('a file that is %s goes out by %s, with its caption', async (kind, method, field) => {
  const { asked, outcome } = await hand({
    ...plain,
    content: '<b>look</b>',
    file: fileOf(kind),
    replyTo: '42:3',
  })
  expect(outcome).toMatchObject({ outcome: 'sent', providerId: '42:7' })
  expect(asked).toMatchObject([{ method }])
  const form = await new Response(new Uint8Array(asked[0]?.body ?? []), {
    headers: { 'content-type': asked[0]?.type ?? '' },
  }).formData()
  const words = {
    chat_id: form.get('chat_id'),
    caption: form.get('caption'),
    parse_mode: form.get('parse_mode'),
  }
  expect(words).toEqual({ chat_id: '42', caption: '<b>look</b>', parse_mode: 'HTML' })
  expect(JSON.parse(String(form.get('reply_parameters')))).toMatchObject({ message_id: 3 })
  const sent = form.get(field) as File
  expect([sent.name, sent.type, await sent.text()]).toEqual(['a "b".bin', 'application/x-test', 'its bytes'])
})

test('a file whose caption cannot be read goes once more, with it in plain words', async () => {
  const withFile = { ...plain, content: '<b>a</b>', file: fileOf('image') }
  const { outcome, asked } = await hand(withFile, UNREAD)
  expect(outcome).toMatchObject({ outcome: 'sent' })
  const bodies = asked.map(({ body }) => body.toString('latin1'))
  expect(bodies.map((body) => body.includes('parse_mode'))).toEqual([true, false])
  expect(bodies.every((body) => body.includes('its bytes'))).toBe(true)
  expect((await hand(withFile, UNREAD, UNREAD)).calls).toHaveLength(2)
})

test('what is answered may be gone in a way that Telegram does not forgive: then it is sent without', async () => {
  const gone = refusal(400, 'Bad Request: message to be replied not found')
  const { outcome, calls } = await hand({ ...plain, content: 'a', replyTo: '42:3' }, gone)
  expect(outcome).toMatchObject({ outcome: 'sent' })
  expect(calls.at(-1)).toEqual(['sendMessage', { chat_id: '42', text: 'a' }])
  expect((await hand({ ...plain, content: 'a', replyTo: '42:3' }, gone, gone)).calls).toHaveLength(2)
})

test.each([
  ['shorter', fileOf('file', 'short', 10)],
  ['longer', fileOf('file', 'long long long', 4)],
  ['gone', { ...fileOf('file'), read: async () => Promise.reject(new Error('ENOENT')) }],
])('a file that is %s than it says is tried again, for Telegram has not taken it', async (_, file) => {
  const { outcome, calls } = await hand({ ...plain, content: '', file })
  expect(outcome).toEqual({ outcome: 'retry', error: 'The file could not be read', retryAfterMs: null })
  expect(calls).toEqual([])
})

test('an upload that breaks off before its end is tried again, and one that broke off after it is unconfirmed', async () => {
  async function* endless() {
    for (let piece = 0; piece < 2_000; piece++) {
      await new Promise(setImmediate)
      yield Buffer.alloc(64 * 1024)
    }
  }
  const long = { ...fileOf('video'), size: 1e12, read: async () => endless() }
  await using early = await startScripted([(request) => request.once('data', () => request.socket.destroy())])
  const cut = await telegram().send(channelAt(early.url), { ...plain, content: '', file: long })
  expect(cut).toMatchObject({ outcome: 'retry', error: 'Telegram cannot be reached' })
  await using late = await startScripted([
    (request) => request.resume().once('end', () => request.socket.destroy()),
  ])
  const unknown = await telegram().send(channelAt(late.url), { ...plain, content: '', file: fileOf('video') })
  expect(unknown).toEqual({ outcome: 'unconfirmed', error: 'Request timeout' })
})

test('an edit changes the text, or the caption of a file', async () => {
  const { calls, outcome } = await hand({ ...edit, content: '<i>a</i>' })
  const place = { chat_id: '42', message_id: 7 }
  expect(calls).toEqual([['editMessageText', { ...place, text: '<i>a</i>', parse_mode: 'HTML' }]])
  expect(outcome).toEqual({ outcome: 'sent', providerId: '42:7', result: { success: true } })
  const caption = await hand({ ...edit, content: 'a', hasFile: true })
  expect(caption.calls).toEqual([['editMessageCaption', { ...place, caption: 'a' }]])
})

const SUCCESS: SendOutcome = { outcome: 'sent', providerId: '42:7', result: { success: true } }
test.each<[Outgoing, string, object]>([
  [
    { ...edit, content: 'a' },
    'Bad Request: message is not modified: specified new message content…',
    SUCCESS,
  ],
  [{ ...edit, content: 'a' }, 'Bad Request: message to edit not found', { outcome: 'failed' }],
  [{ ...edit, content: 'a' }, "Bad Request: message can't be edited", { outcome: 'failed' }],
  [remove, 'Bad Request: message to delete not found', SUCCESS],
  [remove, "Bad Request: message can't be deleted", { outcome: 'failed' }],
  [{ ...react, emoji: '🦄' }, 'Bad Request: REACTION_INVALID', { outcome: 'failed' }],
])('%j refused with %s', async (outgoing, description, expected) => {
  expect((await hand(outgoing, refusal(400, description))).outcome).toMatchObject(expected)
})

test('an edit whose formatting cannot be read is repeated once, plain', async () => {
  const { calls } = await hand({ ...edit, content: '<b>a</b>' }, UNREAD)
  expect(calls.at(-1)).toEqual(['editMessageText', { chat_id: '42', message_id: 7, text: 'a' }])
})

test('a message is taken back, and reacted to or not', async () => {
  const place = { chat_id: '42', message_id: 7 }
  expect((await hand(remove)).calls).toEqual([['deleteMessage', place]])
  const reaction = [{ type: 'emoji', emoji: '👍' }]
  expect((await hand({ ...react, emoji: '👍' })).calls).toEqual([
    ['setMessageReaction', { ...place, reaction }],
  ])
  expect((await hand({ ...react, emoji: null })).calls).toEqual([
    ['setMessageReaction', { ...place, reaction: [] }],
  ])
  expect((await hand({ ...remove, providerId: 'x' })).outcome).toMatchObject({ outcome: 'failed' })
})

test('while one chat has to wait, a refusal for another means the bot', async () => {
  const flood = refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 })
  await using server = await startScripted([flood, flood, flood])
  const { send } = telegram()
  const to = (recipient: string) => send(channelAt(server.url), { ...plain, recipient, content: 'a' })
  expect(await to('1')).toMatchObject({ scope: 'contact' })
  expect(await to('1')).toMatchObject({ scope: 'contact' })
  expect(await to('2')).toMatchObject({ scope: 'channel', retryAfterMs: 7000 })
})

test('no outcome holds the token', async () => {
  const told = refusal(400, `Bad ${TOKEN}`)
  const outcomes = [await send('a', told), await hand({ ...plain, content: '', file: fileOf('image') }, told)]
  expect(outcomes.map(({ outcome }) => JSON.stringify(outcome)).join()).not.toContain(TOKEN)
})
