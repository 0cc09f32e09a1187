import { describe, expect, it } from 'vitest'
import { callBot, startCast } from '../emulator.testing.ts'

describe('the transport of the Bot API', () => {
  it('answers in the envelope of success', async () => {
    await using cast = await startCast()
    const response = await fetch(`${cast.emulator.url}/bot${cast.bot.token}/getMe`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      ok: true,
      result: expect.objectContaining({
        id: cast.bot.id,
        is_bot: true,
        first_name: 'Shop',
        username: 'shop_bot',
        can_join_groups: true,
        can_connect_to_business: false,
        has_main_web_app: false,
      }),
    })
  })

  it('answers in the envelope of failure, its HTTP status the error_code', async () => {
    await using cast = await startCast()
    const response = await fetch(`${cast.emulator.url}/bot${cast.bot.token}/sendMessage?chat_id=1&text=hi`)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: chat not found',
    })
  })

  it('does not care for the case of a method', async () => {
    await using cast = await startCast()
    expect(await cast.call('GETme')).toMatchObject({ status: 200, result: { id: cast.bot.id } })
  })

  it.each([
    ['a query', (url: URL, params: Record<string, string>) => fetch(withQuery(url, params))],
    ['a form', (url: URL, params: Record<string, string>) => post(url, new URLSearchParams(params))],
    ['a multipart form', (url: URL, params: Record<string, string>) => post(url, multipart(params))],
    [
      'JSON',
      (url: URL, params: Record<string, string>) =>
        fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify({ ...params, chat_id: Number(params.chat_id), reply_markup: null }),
        }),
    ],
  ])('reads parameters from %s', async (_name, send) => {
    await using cast = await startCast()
    const url = new URL(`${cast.emulator.url}/bot${cast.bot.token}/sendMessage`)
    const response = await send(url, { chat_id: String(cast.kim.id), text: 'سلام & "خوش آمدید" 🙂' })
    expect(await response.json()).toMatchObject({ ok: true, result: { text: 'سلام & "خوش آمدید" 🙂' } })
  })

  it.each([
    ['/', 404, 'Not Found'],
    ['/botTOKEN', 404, 'Not Found'],
    ['/botTOKEN/', 404, 'Not Found: method not found'],
    ['/botTOKEN/sendCarrierPigeon', 404, 'Not Found: method not found'],
    ['/botTOKEN/getMe/more', 404, 'Not Found'],
    ['/bot12345:AAEsomethingelse/getMe', 401, 'Unauthorized'],
    ['/botnonsense/getMe', 401, 'Unauthorized: invalid token specified'],
    ['/bot12345:%E0%A4%A/getMe', 404, 'Not Found'],
  ])('refuses %s with %i %s', async (path, status, description) => {
    await using cast = await startCast()
    const response = await fetch(cast.emulator.url + path.replace('TOKEN', cast.bot.token))
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ ok: false, error_code: status, description })
  })

  it('refuses a body that is too long, and lives on', async () => {
    await using cast = await startCast({ limits: { maxRequestBytes: 2_000 } })
    const text = 'x'.repeat(3_000)
    expect(await cast.call('sendMessage', { chat_id: cast.kim.id, text })).toMatchObject({
      status: 413,
      description: 'Request Entity Too Large',
    })
    expect(await cast.call('getMe')).toMatchObject({ status: 200 })
  })

  it('refuses a body that is not what it says', async () => {
    await using cast = await startCast()
    const url = `${cast.emulator.url}/bot${cast.bot.token}/getMe`
    const headers = { 'content-type': 'application/json' }
    for (const body of ['{', '[1]', '"text"', new Uint8Array([0x22, 0xff, 0x22])]) {
      expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400)
    }
  })

  it('knows each bot by its own token only', async () => {
    await using cast = await startCast()
    const other = cast.emulator.createBot({ name: 'Other', username: 'other_bot' })
    expect(await callBot(cast.emulator, other, { method: 'getMe', params: {} })).toMatchObject({
      result: { id: other.id },
    })
    const swapped = { token: `${other.id}:${cast.bot.token.split(':')[1]}` }
    const answer = await callBot(cast.emulator, swapped, { method: 'getMe', params: {} })
    expect(answer).toMatchObject({ status: 401, description: 'Unauthorized' })
  })
})

describe('getChat and getUserProfilePhotos', () => {
  it('tell of a user who has a chat with the bot', async () => {
    await using cast = await startCast()
    expect(await cast.call('getChat', { chat_id: cast.kim.id })).toMatchObject({
      result: { id: cast.kim.id, type: 'private', first_name: 'Kim', username: 'kim' },
    })
    expect(await cast.call('getUserProfilePhotos', { user_id: cast.kim.id })).toMatchObject({
      result: { total_count: 0, photos: [] },
    })
  })

  it('do not tell of a stranger', async () => {
    await using cast = await startCast()
    const stranger = cast.emulator.createUser({ first_name: 'Stranger' })
    expect(await cast.call('getChat', { chat_id: stranger.id })).toMatchObject({
      description: 'Bad Request: chat not found',
    })
    expect(await cast.call('getUserProfilePhotos', { user_id: stranger.id })).toMatchObject({
      description: 'Bad Request: user not found',
    })
  })
})

function withQuery(url: URL, params: Record<string, string>): URL {
  const full = new URL(url)
  full.search = new URLSearchParams(params).toString()
  return full
}

function multipart(params: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(params)) form.append(name, value)
  return form
}

function post(url: URL, body: BodyInit): Promise<Response> {
  return fetch(url, { method: 'POST', body })
}
