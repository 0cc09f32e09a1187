import type { File, Update } from '@grammyjs/types'
import { describe, expect, it } from 'vitest'
import { Clock } from '../../clock.ts'
import { callBot, startCast } from '../emulator.testing.ts'
import { SAMPLES, THUMBNAIL } from '../files/samples.ts'
import type { NewMedia } from '../message-types.ts'

const MEGABYTE = 1024 * 1024
const HOUR = 3_600_000

async function startReceiving() {
  const clock = new Clock(Date.UTC(2026, 10, 22))
  const cast = await startCast({ clock })
  const { emulator, bot, kim, call } = cast
  return {
    ...cast,
    clock,
    /** What the bot is told of a file that Kim sends. */
    async receive(media: NewMedia) {
      const { updateId } = emulator.write({ botId: bot.id, chatId: kim.id, message: media })
      const updates = (await call('getUpdates', { offset: updateId })).result as Update[]
      return updates[0]?.message
    },
    download: (path?: string, token = bot.token) => fetch(`${emulator.url}/file/bot${token}/${path}`),
  }
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const jpeg = Buffer.from(SAMPLES.jpeg.base64, 'base64')

describe('getFile', () => {
  it('opens a file for download: the very bytes, nameless and typeless', async () => {
    await using cast = await startReceiving()
    const message = await cast.receive({ kind: 'photo' })
    const photo = message?.photo?.at(-1)
    const { result } = await cast.call('getFile', { file_id: photo?.file_id })
    expect(result).toEqual({
      file_id: photo?.file_id ?? '',
      file_unique_id: photo?.file_unique_id ?? '',
      file_size: jpeg.length,
      file_path: 'photos/file_0.jpg',
    } satisfies File)
    const response = await cast.download('photos/file_0.jpg')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(await bytesOf(response)).toEqual(jpeg)
  })

  it('gives the smaller pictures under ids of their own', async () => {
    await using cast = await startReceiving()
    const message = await cast.receive({ kind: 'photo' })
    const { result } = await cast.call('getFile', { file_id: message?.photo?.[0]?.file_id })
    const response = await cast.download((result as File).file_path)
    expect(await bytesOf(response)).toEqual(Buffer.from(THUMBNAIL.base64, 'base64'))
  })

  it('gives files of up to 20 MB and no larger ones', async () => {
    await using cast = await startReceiving()
    const most = await cast.receive({ kind: 'document', file: { sample: 'pdf', size: 20 * MEGABYTE } })
    const { result } = await cast.call('getFile', { file_id: most?.document?.file_id })
    expect(result).toMatchObject({ file_size: 20 * MEGABYTE })
    const response = await cast.download((result as File).file_path)
    expect(response.headers.get('content-length')).toBe(String(20 * MEGABYTE))
    await response.body?.cancel()
    const large = await cast.receive({ kind: 'document', file: { sample: 'pdf', size: 20 * MEGABYTE + 1 } })
    expect(large?.document?.file_size).toBe(20 * MEGABYTE + 1)
    expect(await cast.call('getFile', { file_id: large?.document?.file_id })).toMatchObject({
      status: 400,
      description: 'Bad Request: file is too big',
    })
  })

  it.each([
    [{}, 'file_id not specified'],
    [{ file_id: 'nonsense' }, 'invalid file_id'],
    [{ file_id: `AgAC${btoa('1:1:0:abc')}` }, 'wrong file_id or the file is temporarily unavailable'],
  ])('refuses %j', async (params, reason) => {
    await using cast = await startReceiving()
    const answer = await cast.call('getFile', params)
    expect(answer).toMatchObject({ status: 400, description: `Bad Request: ${reason}` })
  })

  it('knows no file of another bot', async () => {
    await using cast = await startReceiving()
    const message = await cast.receive({ kind: 'voice' })
    const other = cast.emulator.createBot({ name: 'Other', username: 'other_bot' })
    const params = { file_id: message?.voice?.file_id }
    const { result } = await cast.call('getFile', params)
    const answer = await callBot(cast.emulator, other, { method: 'getFile', params })
    expect(answer.description).toBe('Bad Request: wrong file_id or the file is temporarily unavailable')
    expect((await cast.download((result as File).file_path, other.token)).status).toBe(404)
    expect((await cast.download((result as File).file_path)).status).toBe(200)
  })
})

describe('a download', () => {
  it('is possible for an hour after getFile, and again after another', async () => {
    await using cast = await startReceiving()
    const message = await cast.receive({ kind: 'voice' })
    const ask = () => cast.call('getFile', { file_id: message?.voice?.file_id })
    const path = ((await ask()).result as File).file_path
    cast.clock.advance(HOUR - 1)
    expect((await cast.download(path)).status).toBe(200)
    cast.clock.advance(1)
    expect((await cast.download(path)).status).toBe(404)
    await ask()
    expect((await cast.download(path)).status).toBe(200)
  })

  it('is refused in the envelope of errors', async () => {
    await using cast = await startReceiving()
    for (const [path, token, status, description] of [
      ['photos/file_9.jpg', cast.bot.token, 404, 'Not Found'],
      ['..%2f..%2fetc%2fpasswd', cast.bot.token, 404, 'Not Found'],
      ['photos/file_0.jpg', `${cast.bot.id}:AAEanother`, 401, 'Unauthorized'],
    ] as const) {
      const response = await cast.download(path, token)
      expect(response.status).toBe(status)
      expect(await response.json()).toEqual({ ok: false, error_code: status, description })
    }
  })

  it('is recorded without the token, and struck by faults of its own', async () => {
    await using cast = await startReceiving()
    const message = await cast.receive({ kind: 'photo' })
    const { result } = await cast.call('getFile', { file_id: message?.photo?.at(-1)?.file_id })
    const path = (result as File).file_path
    const method = 'downloadFile'
    cast.emulator.setFault({ kind: 'status', status: 502, description: 'Bad Gateway', method })
    expect((await cast.download(path)).status).toBe(502)
    cast.emulator.setFault({ kind: 'drop-after', method })
    await expect(cast.download(path).then(bytesOf)).rejects.toThrow()
    expect((await cast.download(path)).status).toBe(200)
    const { calls } = cast.emulator.listCalls({ method })
    expect(calls).toMatchObject([
      { status: 502 },
      { status: null },
      { status: 200, params: { file_path: path } },
    ])
    expect(JSON.stringify(calls)).not.toContain(cast.bot.token)
  })
})
