import { describe, expect, it } from 'vitest'
import { startCast } from '../emulator.testing.ts'
import type { ChatMessage, FileAccount } from '../message-types.ts'
import { SAMPLES } from './samples.ts'

type Cast = Awaited<ReturnType<typeof startCast>>

function request({ emulator }: Cast, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'x-emulator-key': emulator.controlKey, ...init.headers }
  return fetch(`${emulator.url}/control${path}`, { ...init, headers })
}

async function upload(cast: Cast, query: string, bytes: Uint8Array<ArrayBuffer>): Promise<FileAccount> {
  return (await request(cast, `/files${query}`, { method: 'POST', body: bytes })).json()
}

const png = new Uint8Array(Buffer.from(SAMPLES.png.base64, 'base64'))

describe('files of the control API', () => {
  it('are taken raw, recognised, sent by key and given back', async () => {
    await using cast = await startCast()
    const file = await upload(cast, '?name=رسید.png', png)
    const facts = { name: 'رسید.png', mime: 'image/png', size: png.length, width: 160, height: 120 }
    expect(file).toEqual({ fileKey: expect.any(Number), duration: 0, ...facts })
    const sent = await request(cast, `/bots/${cast.bot.id}/chats/${cast.kim.id}/messages`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'document', file: { fileKey: file.fileKey }, caption: 'paid' }),
    })
    const { message }: { message: ChatMessage } = await sent.json()
    expect(message).toMatchObject({ kind: 'document', text: 'paid', file })
    const given = await request(cast, `/files/${message.file?.fileKey}`)
    expect(given.headers.get('content-type')).toBe('image/png')
    expect(given.headers.get('x-content-type-options')).toBe('nosniff')
    expect(new Uint8Array(await given.arrayBuffer())).toEqual(png)
  })

  it('are nobody’s without the key', async () => {
    await using cast = await startCast()
    const { fileKey } = await upload(cast, '', png)
    const headers = { 'x-emulator-key': 'wrong' }
    expect((await request(cast, `/files/${fileKey}`, { headers })).status).toBe(401)
    expect((await request(cast, '/files', { method: 'POST', body: png, headers })).status).toBe(401)
    expect((await request(cast, `/files/${fileKey}`)).status).toBe(200)
    expect((await request(cast, '/files/999')).status).toBe(404)
  })

  it('are bounded one by one and all together', async () => {
    await using cast = await startCast({ limits: { maxUploadBytes: 4_000, maxFilesBytes: 6_000 } })
    const long = new Uint8Array(4_001)
    expect((await request(cast, '/files', { method: 'POST', body: long })).status).toBe(413)
    const first = await upload(cast, '', png)
    const second = await upload(cast, '', png)
    await upload(cast, '', png)
    expect((await request(cast, `/files/${first.fileKey}`)).status).toBe(404)
    expect((await request(cast, `/files/${second.fileKey}`)).status).toBe(200)
  })

  it('send an album over HTTP, and a message is taken away', async () => {
    await using cast = await startCast()
    const chat = `/bots/${cast.bot.id}/chats/${cast.kim.id}`
    const items = [{ kind: 'photo' }, { kind: 'photo', file: { base64: SAMPLES.png.base64 }, caption: 'b' }]
    const sent = await request(cast, `${chat}/albums`, { method: 'POST', body: JSON.stringify({ items }) })
    const { messages }: { messages: ChatMessage[] } = await sent.json()
    expect(messages).toMatchObject([{ file: { mime: 'image/jpeg' } }, { text: 'b', file: { width: 160 } }])
    const gone = await request(cast, `${chat}/messages/${messages[0]?.message_id}`, { method: 'DELETE' })
    expect(gone.status).toBe(200)
    expect(cast.emulator.listMessages({ botId: cast.bot.id, chatId: cast.kim.id })).toHaveLength(1)
  })

  it.each([
    { kind: 'hologram' },
    { kind: 'photo', file: 'jpeg' },
    { kind: 'photo', file: { sample: 'exe' } },
    { kind: 'location', latitude: '35', longitude: 51 },
    { kind: 'contact', first_name: 'Sara' },
    { kind: 'text' },
    { kind: 'text', text: 'x', fields: [] },
  ])('refuse %j', async (body) => {
    await using cast = await startCast()
    const path = `/bots/${cast.bot.id}/chats/${cast.kim.id}/messages`
    const refused = await request(cast, path, { method: 'POST', body: JSON.stringify(body) })
    expect(refused.status).toBe(400)
  })
})
