import type { Message } from '@grammyjs/types'
import { describe, expect, it } from 'vitest'
import { callBot, startCast, type Uploads } from '../emulator.testing.ts'
import { SAMPLES } from '../files/samples.ts'

const MEGABYTE = 1024 * 1024

async function startSending() {
  const cast = await startCast()
  const ref = { botId: cast.bot.id, chatId: cast.kim.id }
  return { ...cast, ref, listed: () => cast.emulator.listMessages(ref) }
}

function sample(name: keyof typeof SAMPLES, fileName?: string) {
  const { base64, name: ownName, mime } = SAMPLES[name]
  return { name: fileName ?? ownName, bytes: new Uint8Array(Buffer.from(base64, 'base64')), mime }
}

/** As much of a PNG as tells its size. */
function pngOf(width: number, height: number, length = 64) {
  const bytes = Buffer.alloc(length)
  bytes.set(Buffer.from(SAMPLES.png.base64, 'base64').subarray(0, 16))
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return { name: 'a.png', bytes: new Uint8Array(bytes), mime: 'image/png' }
}

const text = (words: string) => ({
  name: 'a.txt',
  bytes: new TextEncoder().encode(words),
  mime: 'text/plain',
})

describe('a file that a bot uploads', () => {
  it.each<[string, string, ReturnType<typeof sample>, Partial<Message>]>([
    ['sendPhoto', 'photo', sample('jpeg'), { photo: [{ width: 90 }, { width: 320, height: 240 }] as never }],
    ['sendVoice', 'voice', sample('ogg'), { voice: { mime_type: 'audio/ogg', duration: 7 } as never }],
    ['sendAudio', 'audio', sample('mp3'), { audio: { mime_type: 'audio/mpeg', duration: 7 } as never }],
    ['sendVideo', 'video', sample('mp4'), { video: { file_name: 'clip.mp4', duration: 7 } as never }],
    ['sendAnimation', 'animation', sample('gif'), { animation: { width: 64, height: 48 } as never }],
    [
      'sendDocument',
      'document',
      sample('pdf', 'فاکتور.pdf'),
      { document: { file_name: 'فاکتور.pdf' } as never },
    ],
    // What it is not good for, Telegram shows as a document.
    ['sendVoice', 'voice', sample('pdf'), { document: { mime_type: 'application/pdf' } as never }],
    ['sendVideo', 'video', text('x'), { document: { mime_type: 'text/plain' } as never }],
    ['sendDocument', 'document', sample('gif'), { animation: { mime_type: 'image/gif' } as never }],
  ])('by %s stands in the chat (%s, case %#)', async (method, field, file, told) => {
    await using cast = await startSending()
    const params = { chat_id: cast.kim.id, caption: '<b>Hi</b>', parse_mode: 'HTML', duration: 7 }
    const answer = await cast.upload(method, params, { [field]: file })
    const [message] = cast.listed()
    expect(answer.result).toMatchObject({
      message_id: message?.message_id,
      from: { id: cast.bot.id, is_bot: true },
      chat: { id: cast.kim.id },
      caption: 'Hi',
      caption_entities: [{ type: 'bold', offset: 0, length: 2 }],
      ...told,
    })
    expect(message).toMatchObject({ from: 'bot', text: 'Hi', file: { size: file.bytes.length } })
    const { bytes } = cast.emulator.readFile(message?.file?.fileKey ?? 0)
    expect(new Uint8Array(bytes)).toEqual(file.bytes)
  })

  it('may be named by attach:// and is recorded with its size, not its bytes', async () => {
    await using cast = await startSending()
    const photo = sample('jpeg', 'shelf.jpg')
    await cast.upload('sendPhoto', { chat_id: cast.kim.id, photo: 'attach://f1' }, { f1: photo })
    const { calls } = cast.emulator.listCalls({ method: 'sendPhoto' })
    expect(calls).toMatchObject([
      {
        status: 200,
        params: { chat_id: String(cast.kim.id), photo: 'attach://f1' },
        files: [{ field: 'f1', name: 'shelf.jpg', mime: 'image/jpeg', size: photo.bytes.length }],
      },
    ])
  })

  it('is sent again by its id, and a customer’s file too', async () => {
    await using cast = await startSending()
    const sent = await cast.upload('sendPhoto', { chat_id: cast.kim.id }, { photo: sample('jpeg') })
    const photo = (sent.result as Message).photo?.at(-1)?.file_id
    const again = await cast.call('sendPhoto', { chat_id: cast.sara.id, photo })
    expect((again.result as Message).photo?.at(-1)?.file_id).toBe(photo)
    const other = cast.emulator.createBot({ name: 'Other', username: 'other_bot' })
    cast.emulator.openChat({ botId: other.id, userId: cast.kim.id })
    const params = { chat_id: cast.kim.id, photo }
    expect(await callBot(cast.emulator, other, { method: 'sendPhoto', params })).toMatchObject({
      description: 'Bad Request: wrong file identifier/HTTP URL specified',
    })
    expect(await cast.call('sendDocument', { chat_id: cast.kim.id, document: photo })).toMatchObject({
      description: "Bad Request: can't use file of type Photo as Document",
    })
  })

  it.each<[string, Record<string, unknown>, Uploads, string]>([
    ['sendPhoto', {}, {}, 'there is no photo in the request'],
    ['sendVideoNote', {}, {}, 'there is no video note in the request'],
    ['sendVoice', { voice: 'attach://none' }, {}, 'there is no voice in the request'],
    ['sendPhoto', { photo: 'https://peyk.test/a.jpg' }, {}, 'failed to get HTTP URL content'],
    ['sendPhoto', { photo: 'AgACnonsense' }, {}, 'wrong file identifier/HTTP URL specified'],
    ['sendPhoto', {}, { photo: text('no picture') }, 'IMAGE_PROCESS_FAILED'],
    ['sendPhoto', {}, { photo: pngOf(9_000, 1_001) }, 'PHOTO_INVALID_DIMENSIONS'],
    ['sendPhoto', {}, { photo: pngOf(2_100, 100) }, 'PHOTO_INVALID_DIMENSIONS'],
    ['sendDocument', {}, { document: text('') }, 'file must be non-empty'],
    ['sendPhoto', { caption: 'x'.repeat(1_025) }, { photo: sample('jpeg') }, 'message caption is too long'],
    ['sendPhoto', { chat_id: 999 }, { photo: sample('jpeg') }, 'chat not found'],
    [
      'sendPhoto',
      { caption: '<b>x', parse_mode: 'HTML' },
      { photo: sample('jpeg') },
      'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ],
    [
      'sendPhoto',
      { reply_parameters: { message_id: 7 } },
      { photo: sample('jpeg') },
      'message to be replied not found',
    ],
    [
      'sendPhoto',
      {},
      { photo: pngOf(100, 100, 10 * MEGABYTE + 1) },
      'file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
    ],
  ])('is refused by %s with %j (case %#)', async (method, params, files, reason) => {
    await using cast = await startSending()
    const answer = await cast.upload(method, { chat_id: cast.kim.id, ...params }, files)
    expect(answer).toMatchObject({ status: 400, ok: false, description: `Bad Request: ${reason}` })
    expect(cast.listed()).toEqual([])
  })

  it('is taken at the very limits', async () => {
    await using cast = await startSending()
    const photo = pngOf(9_500, 500)
    const params = { chat_id: cast.kim.id, caption: '🙂'.repeat(512) }
    expect((await cast.upload('sendPhoto', params, { photo })).status).toBe(200)
  })

  it('is refused beyond the bound for uploads', async () => {
    await using cast = await startCast({ limits: { maxUploadBytes: 1_000 } })
    const document = { name: 'a.bin', bytes: new Uint8Array(1_001) }
    const params = { chat_id: cast.kim.id }
    expect(await cast.upload('sendDocument', params, { document })).toMatchObject({
      status: 413,
      description: 'Request Entity Too Large',
    })
  })

  it('does not reach those who blocked the bot', async () => {
    await using cast = await startSending()
    cast.emulator.setBlocked({ ...cast.ref, blocked: true })
    const answer = await cast.upload('sendPhoto', { chat_id: cast.kim.id }, { photo: sample('jpeg') })
    expect(answer).toMatchObject({ status: 403, description: 'Forbidden: bot was blocked by the user' })
  })
})

describe('sendMediaGroup', () => {
  const photos = [
    { type: 'photo', media: 'attach://one', caption: 'first' },
    { type: 'photo', media: 'attach://two' },
  ]
  const files = { one: sample('jpeg'), two: sample('png') }

  it('sends an album in answer to a message', async () => {
    await using cast = await startSending()
    const { message } = cast.write(cast.kim, 'show me')
    const reply_parameters = { message_id: message.message_id }
    const params = { chat_id: cast.kim.id, media: photos, reply_parameters }
    const { result } = await cast.upload('sendMediaGroup', params, files)
    const album = result as Message[]
    expect(album).toMatchObject([
      { caption: 'first', photo: expect.any(Array), reply_to_message: { text: 'show me' } },
      { photo: expect.any(Array), reply_to_message: { text: 'show me' } },
    ])
    expect(new Set(album.map(({ media_group_id }) => media_group_id))).toEqual(
      new Set([expect.stringMatching(/^\d+$/)]),
    )
    expect(cast.listed()).toHaveLength(3)
  })

  it('of one is an ordinary message', async () => {
    await using cast = await startSending()
    const params = { chat_id: cast.kim.id, media: photos.slice(0, 1) }
    const { result } = await cast.upload('sendMediaGroup', params, files)
    expect(result).toEqual([expect.not.objectContaining({ media_group_id: expect.anything() })])
  })

  it.each<[unknown, string]>([
    [undefined, 'parameter "media" is required'],
    ['[', "can't parse media JSON object"],
    [{}, 'expected an Array of InputMedia'],
    [[], 'there are no messages to send'],
    [Array(11).fill(photos[0]), 'too many messages to send as an album'],
    [[photos[0], { type: 'photo', media: 'attach://none' }], "can't parse InputMedia: media not found"],
    [[photos[0], { type: 'voice', media: 'x' }], 'can\'t parse InputMedia: type "voice" is unsupported'],
    [
      [photos[0], { type: 'animation', media: 'x' }],
      'can\'t parse InputMedia: type "animation" can\'t be used in sendMediaGroup',
    ],
    [
      [photos[0], { type: 'document', media: 'attach://two' }],
      "document can't be mixed with other media types",
    ],
    [
      [photos[0], { type: 'photo', media: 'attach://bad' }],
      'failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"',
    ],
    [
      [photos[0], { type: 'photo', media: 'AgACnonsense' }],
      'failed to send message #2 with the error message "Wrong file identifier/HTTP URL specified"',
    ],
  ])('refuses %j whole', async (media, reason) => {
    await using cast = await startSending()
    const params = { chat_id: cast.kim.id, ...(media === undefined ? {} : { media }) }
    const answer = await cast.upload('sendMediaGroup', params, { ...files, bad: text('x') })
    expect(answer).toMatchObject({ status: 400, description: `Bad Request: ${reason}` })
    expect(cast.listed()).toEqual([])
  })
})
