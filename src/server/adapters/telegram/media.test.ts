import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCast } from '../../emulators/telegram/emulator.testing.ts'
import { createTelegram } from './platform.ts'
import { channelAt, refusal, startScripted, TOKEN } from './server.testing.ts'

const telegram = createTelegram({ apiRoot: 'http://nobody.invalid' })
const REF = { file_id: 'F', file_unique_id: 'u' }
const MB = 1024 * 1024

const open = (url: string, maxBytes = 20 * MB) => telegram.media?.(channelAt(url), REF, maxBytes)
const read = async (bytes: AsyncIterable<Uint8Array>) => {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
const at = (file_path: string, file_size?: number): [number, object] => [
  200,
  { ok: true, result: { file_id: 'F', file_unique_id: 'u', file_path, file_size } },
]

test('a file is asked for by its id, and its bytes come from beside the token', async () => {
  await using server = await startScripted([at('photos/file_1.jpg', 7), [200, 'bytes']])
  const opened = await open(server.url)
  expect(opened).toMatchObject({ outcome: 'open', size: 7 })
  expect(opened?.outcome === 'open' && (await read(opened.bytes))).toBe('"bytes"')
  expect(server.asked.map(({ method }) => method)).toEqual(['getFile', 'file_1.jpg'])
  expect(server.asked[0]?.json).toEqual({ file_id: 'F' })
})

test.each<[string, [number, object][], object]>([
  [
    'too big for Telegram',
    [refusal(400, 'Bad Request: file is too big')],
    { outcome: 'failed', reason: 'too_big' },
  ],
  ['too big for us', [at('a.jpg', 21 * MB)], { outcome: 'failed', reason: 'too_big' }],
  [
    'gone',
    [refusal(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')],
    { outcome: 'failed', reason: 'gone' },
  ],
  ['gone where it lay', [at('a.jpg'), [404, {}]], { outcome: 'failed', reason: 'gone' }],
  ['on the disk of a local server', [at('/var/lib/bot/a.jpg')], { outcome: 'failed', reason: 'gone' }],
  ['nowhere', [at('../../bot9:other/getMe')], { outcome: 'failed', reason: 'gone' }],
  ['in another query', [at('a.jpg?x=1')], { outcome: 'failed', reason: 'gone' }],
  [
    'asked for too often',
    [refusal(429, 'Too Many Requests', { retry_after: 3 })],
    { outcome: 'retry', retryAfterMs: 3000 },
  ],
  [
    'asked for with a dead token',
    [refusal(401, 'Unauthorized')],
    { outcome: 'retry', error: 'Unauthorized' },
  ],
  ['not to be had now', [at('a.jpg'), [502, {}]], { outcome: 'retry', error: 'HTTP 502' }],
  ['behind a redirect', [at('a.jpg'), [302, {}]], { outcome: 'retry', error: 'HTTP 302' }],
])('a file that is %s', async (_, replies, expected) => {
  await using server = await startScripted(replies)
  expect(await open(server.url)).toMatchObject(expected)
  expect(server.replies).toEqual([])
})

test('a file that goes on is read as far as the bound, and one that breaks off fails without the token', async () => {
  await using server = await startScripted([
    at('a.jpg'),
    (_, response) => response.writeHead(200).end(Buffer.alloc(2_000)),
    at('a.jpg'),
    (_, response) => response.writeHead(200, { 'content-length': 100 }).write('x', () => response.destroy()),
  ])
  const long = await open(server.url, 1_000)
  expect(long?.outcome).toBe('open')
  if (long?.outcome === 'open') await expect(read(long.bytes)).rejects.toMatchObject({ code: 'too_large' })
  const cut = await open(server.url)
  if (cut?.outcome !== 'open') throw new Error('It is not open')
  const error: unknown = await read(cut.bytes).catch((reason) => reason)
  expect(error).toMatchObject({ code: 'unavailable' })
  expect(String(error)).not.toContain(TOKEN)
})

let cast: Awaited<ReturnType<typeof startCast>>
beforeAll(async () => {
  cast = await startCast()
})
afterAll(() => cast.emulator.close())

test('what a customer sends through the emulator is read back byte by byte', async () => {
  const message = { kind: 'document' as const, file: { sample: 'pdf' as const } }
  const { message: sent } = cast.emulator.write({ botId: cast.bot.id, chatId: cast.kim.id, message })
  const updates = (await cast.call('getUpdates')).result as object[]
  const parsed = telegram.parse(JSON.stringify(updates.at(-1)))
  const media = parsed.kind === 'message' ? parsed.message.media?.[0] : undefined
  const opened = await telegram.media?.(
    channelAt(cast.emulator.url, cast.bot.token),
    media?.ref ?? {},
    20 * MB,
  )
  if (opened?.outcome !== 'open') throw new Error(JSON.stringify(opened))
  const { bytes } = cast.emulator.readFile(sent.file?.fileKey ?? 0)
  expect(await read(opened.bytes)).toBe(Buffer.from(bytes).toString('utf8'))
})
