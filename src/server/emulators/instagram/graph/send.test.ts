import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import { askGraph, itemsOf, refOf, startCast, startHeard } from '../emulator.testing.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const HOUR = 3_600_000
const TAG = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }

async function startOpen(options: Parameters<typeof startCast>[0] = {}) {
  const cast = await startCast(options)
  cast.write(cast.kim, 'hello')
  const post = (body: object) => cast.graph('/v23.0/me/messages', { body })
  const toKim = { recipient: { id: cast.kim.igsid } }
  const sent = () => cast.emulator.listMessages(refOf(cast.kim)).filter(({ from }) => from === 'account')
  return { ...cast, post, toKim, sent }
}

describe('sending a text', () => {
  it('answers whom it reached and under which id', async () => {
    await using cast = await startOpen()
    const { status, body } = await cast.send(cast.kim, 'سلام')
    expect([status, body]).toEqual([200, { recipient_id: cast.kim.igsid, message_id: expect.any(String) }])
    expect(cast.sent()).toMatchObject([{ mid: body.message_id, text: 'سلام', via: 'api', tagged: false }])
  })

  it('takes a form as well as JSON', async () => {
    await using cast = await startOpen()
    const form = new URLSearchParams({
      recipient: JSON.stringify({ id: cast.kim.igsid }),
      message: JSON.stringify({ text: 'by form' }),
      access_token: cast.shop.token,
    })
    const response = await fetch(`${cast.emulator.url}/v23.0/me/messages`, { method: 'POST', body: form })
    expect(response.status).toBe(200)
    expect(cast.sent()).toMatchObject([{ text: 'by form' }])
  })

  it('counts bytes: a thousand fit, one more does not', async () => {
    await using cast = await startOpen()
    expect((await cast.send(cast.kim, 'س'.repeat(500))).status).toBe(200)
    expect((await cast.send(cast.kim, `${'س'.repeat(500)}a`)).body.error).toMatchObject({ code: 100 })
    expect((await cast.send(cast.kim, '👋'.repeat(251))).status).toBe(400)
    expect(cast.sent()).toHaveLength(1)
  })

  it.each([
    ['no recipient', { message: { text: 'x' } }],
    ['no message', {}],
    ['an empty text', { message: { text: ' ' } }],
    ['neither text nor attachment', { message: {} }],
    ['both', { message: { text: 'x', attachment: { type: 'like_heart' } } }],
    ['an unknown messaging type', { message: { text: 'x' }, messaging_type: 'SHOUT' }],
    ['a tag without its name', { message: { text: 'x' }, messaging_type: 'MESSAGE_TAG' }],
    ['a tag of Messenger’s', { message: { text: 'x' }, ...TAG, tag: 'ACCOUNT_UPDATE' }],
    ['a reply to nothing', { message: { text: 'x' }, reply_to: { mid: 'nothing' } }],
    ['too many quick replies', { message: { text: 'x', quick_replies: Array(14).fill({}) } }],
  ])('is refused with %s', async (what, body) => {
    await using cast = await startOpen()
    const { status, body: told } = await cast.post(
      what === 'no recipient' ? body : { ...cast.toKim, ...body },
    )
    expect([status, told.error?.code]).toEqual([400, 100])
    expect(cast.sent()).toHaveLength(0)
  })

  it('is refused for a stranger, for whoever has blocked the account, and in a deleted thread', async () => {
    await using cast = await startOpen()
    const stranger = { recipient: { id: '1234567890' }, message: { text: 'x' } }
    expect((await cast.post(stranger)).body.error).toMatchObject({ code: 100, error_subcode: 2534014 })
    cast.emulator.setThread({ ...refOf(cast.kim), blocked: true })
    expect((await cast.send(cast.kim, 'x')).body.error).toMatchObject({ code: 551, error_subcode: 1545041 })
    cast.emulator.setThread({ ...refOf(cast.kim), blocked: false, deleted: true })
    expect((await cast.send(cast.kim, 'x')).body.error).toMatchObject({ error_subcode: 2534001 })
    cast.write(cast.kim, 'again')
    expect((await cast.send(cast.kim, 'x')).status).toBe(200)
  })

  it('does not know the person by the id they have for another account', async () => {
    await using cast = await startOpen()
    const other = cast.emulator.createAccount({ username: 'other' })
    const body = { ...cast.toKim, message: { text: 'x' } }
    const { body: told } = await askGraph(cast.emulator, '/v23.0/me/messages', { token: other.token, body })
    expect(told.error).toMatchObject({ error_subcode: 2534014 })
  })

  it('can answer a message', async () => {
    await using cast = await startOpen()
    const { message } = cast.write(cast.kim, 'when?')
    await cast.send(cast.kim, 'tomorrow', { reply_to: { mid: message.mid } })
    expect(cast.sent()).toMatchObject([{ replyTo: { mid: message.mid } }])
  })
})

describe('the window of 24 hours', () => {
  it('is open for a day after the customer’s last word, and any word opens it again', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    cast.emulator.travel(24 * HOUR - 1)
    expect((await cast.send(cast.kim, 'in time')).status).toBe(200)
    cast.emulator.travel(1)
    const late = await cast.send(cast.kim, 'late')
    expect(late.status).toBe(400)
    expect(late.body.error).toMatchObject({ code: 10, error_subcode: 2534022 })
    cast.write(cast.kim, 'still here')
    expect((await cast.send(cast.kim, 'good')).status).toBe(200)
  })

  it('is seven days long for a person with the tag, and no longer', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    cast.emulator.travel(7 * 24 * HOUR - 1)
    expect((await cast.send(cast.kim, 'human', TAG)).status).toBe(200)
    expect(cast.sent()).toMatchObject([{ tagged: true }])
    cast.emulator.travel(1)
    expect((await cast.send(cast.kim, 'late', TAG)).body.error).toMatchObject({ error_subcode: 2534022 })
  })

  it('is not lengthened for an app without the feature', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    cast.emulator.changeAccount({ accountId: cast.shop.id, humanAgent: false })
    cast.emulator.travel(25 * HOUR)
    expect((await cast.send(cast.kim, 'x', TAG)).body.error).toMatchObject({ code: 10 })
  })

  it('is closed to whoever has never written', async () => {
    await using cast = await startOpen()
    expect((await cast.send(cast.sara, 'first!')).body.error).toMatchObject({ error_subcode: 2534022 })
  })
})

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

describe('an action without a message', () => {
  it('shows typing to whoever watches, and leaves no trace', async () => {
    await using cast = await startOpen()
    const heard: unknown[] = []
    cast.emulator.watchThread(refOf(cast.kim), (event, id) => heard.push([event, id]))
    for (const sender_action of ['typing_on', 'typing_off']) {
      const { status, body } = await cast.post({ ...cast.toKim, sender_action })
      expect([status, body]).toEqual([200, { recipient_id: cast.kim.igsid }])
    }
    expect(heard.slice(1)).toEqual([
      [{ type: 'typing', on: true }, null],
      [{ type: 'typing', on: false }, null],
    ])
    expect(cast.emulator.listCalls({ op: 'sender_action' }).calls).toHaveLength(2)
  })

  it('marks what the customer wrote as seen', async () => {
    await using cast = await startOpen()
    const { message } = cast.write(cast.kim, 'read me')
    await cast.post({ ...cast.toKim, sender_action: 'mark_seen' })
    expect(cast.emulator.getThread(refOf(cast.kim)).accountSeenMid).toBe(message.mid)
  })

  it('reacts and takes it back, and none of it is echoed', async () => {
    await using cast = await startHeard()
    const { message } = cast.write(cast.kim, 'good news')
    const react = (sender_action: string, payload: object) =>
      cast.graph('/v23.0/me/messages', {
        body: { recipient: { id: cast.kim.igsid }, sender_action, payload },
      })
    const given = () => cast.emulator.listMessages(refOf(cast.kim))[0]?.reactions.account
    await react('react', { message_id: message.mid, reaction: 'love' })
    expect(given()).toBe('❤️')
    await react('unreact', { message_id: message.mid })
    expect(given()).toBeNull()
    expect((await react('react', { message_id: message.mid, reaction: 'rage' })).status).toBe(400)
    expect((await react('react', { message_id: 'none', reaction: 'love' })).status).toBe(400)
    await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
    expect(itemsOf(cast.receiver)).toHaveLength(1)
  })

  it('is refused when it is unknown, or comes with a message', async () => {
    await using cast = await startOpen()
    expect((await cast.post({ ...cast.toKim, sender_action: 'dance' })).status).toBe(400)
    const both = { ...cast.toKim, sender_action: 'typing_on', message: { text: 'x' } }
    expect((await cast.post(both)).body.error).toMatchObject({ code: 100 })
  })
})

describe('the limits of calls', () => {
  it('let 10 videos through in a second where they are counted, and text after that', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    await using files = await startFiles({ mime: 'video/mp4', body: Buffer.from('x') })
    cast.emulator.setRateLimits(true)
    const message = { attachment: { type: 'video', payload: { url: files.url } } }
    for (let n = 0; n < 10; n += 1) expect((await cast.post({ ...cast.toKim, message })).status).toBe(200)
    expect((await cast.post({ ...cast.toKim, message })).body.error).toMatchObject({ code: 613 })
    expect((await cast.send(cast.kim, 'text')).status).toBe(200)
    cast.emulator.travel(1_000)
    expect((await cast.post({ ...cast.toKim, message })).status).toBe(200)
  })

  it('let two looks at conversations through in a second', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    cast.emulator.setRateLimits(true)
    const look = () => cast.graph('/v23.0/me/conversations?platform=instagram')
    expect([(await look()).status, (await look()).status]).toEqual([200, 200])
    expect((await look()).body.error).toMatchObject({ code: 80002 })
  })
})

async function startFiles({ status = 200, mime, body }: { status?: number; mime: string; body: Buffer }) {
  const { createServer } = await import('node:http')
  const files = { asked: 0, url: '', [Symbol.asyncDispose]: async () => void server.close() }
  const server = createServer((_, response) => {
    files.asked += 1
    response.writeHead(status, { 'content-type': mime }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  files.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/file`
  return files
}
