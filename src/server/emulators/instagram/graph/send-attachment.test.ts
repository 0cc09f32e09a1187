import { describe, expect, it } from 'vitest'
import { startFiles, startOpen } from './sending.testing.ts'

describe('sending an attachment', () => {
  const media = (type: string, url: unknown) => ({ message: { attachment: { type, payload: { url } } } })
  const mimes = { image: 'image/jpeg', video: 'video/mp4', audio: 'audio/mp4', file: 'application/pdf' }

  it.each(Object.entries(mimes))('fetches %s from the link and shows it from its own', async (type, mime) => {
    await using cast = await startOpen()
    await using files = await startFiles({ mime, body: Buffer.from('the bytes') })
    const { status } = await cast.post({ ...cast.toKim, ...media(type, files.url) })
    expect([status, files.asked]).toEqual([200, 1])
    const url = cast.sent()[0]?.attachments[0]?.url ?? ''
    expect(url).toContain(`${cast.emulator.url}/cdn/`)
    const shown = await fetch(url)
    expect([await shown.text(), shown.headers.get('content-type')]).toEqual(['the bytes', mime])
  })

  it('is refused when the link cannot be fetched', async () => {
    await using cast = await startOpen()
    await using files = await startFiles({ status: 403, mime: 'image/png', body: Buffer.from('x') })
    for (const url of [files.url, 'http://127.0.0.1:9/x', 'file:///etc/passwd', undefined]) {
      const { body } = await cast.post({ ...cast.toKim, ...media('image', url) })
      expect(body.error).toMatchObject({ code: 100, error_subcode: 2018008 })
    }
    expect(cast.sent()).toHaveLength(0)
  })

  it.each([
    ['of another kind', 'image', 'text/html', 10],
    ['larger than 8 MB', 'image', 'image/png', 8 * 1_048_576 + 1],
    ['larger than 25 MB', 'video', 'video/mp4', 25 * 1_048_576 + 1],
    ['not a pdf', 'file', 'application/zip', 10],
    ['empty', 'image', 'image/png', 0],
  ])('is refused when it is %s', async (_, type, mime, size) => {
    await using cast = await startOpen()
    await using files = await startFiles({ mime, body: Buffer.alloc(size) })
    const { body } = await cast.post({ ...cast.toKim, ...media(type, files.url) })
    expect(body.error).toMatchObject({ code: 100, error_subcode: 2018047 })
    expect(cast.sent()).toHaveLength(0)
  })

  it('can be a heart, a post or a template, and nothing unheard of', async () => {
    await using cast = await startOpen()
    const attach = (attachment: object) => cast.post({ ...cast.toKim, message: { attachment } })
    expect((await attach({ type: 'like_heart' })).status).toBe(200)
    expect((await attach({ type: 'MEDIA_SHARE', payload: { id: '17' } })).status).toBe(200)
    const buttons = { template_type: 'button', text: 'x', buttons: [{}] }
    expect((await attach({ type: 'template', payload: buttons })).status).toBe(200)
    expect((await attach({ type: 'template', payload: { buttons: [{}, {}, {}, {}] } })).status).toBe(400)
    expect((await attach({ type: 'hologram' })).status).toBe(400)
    expect(cast.sent().map(({ attachments }) => attachments[0]?.type)).toEqual([
      'like_heart',
      'share',
      'template',
    ])
  })
})
