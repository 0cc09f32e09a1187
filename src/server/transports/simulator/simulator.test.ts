import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SimulatedMessage, SimulatorAct } from '../../contract/simulator.ts'
import { instagramStage } from '../../demo/instagram-stage.ts'
import { telegramStage } from '../../demo/telegram-stage.ts'
import { type InstagramEmulator, startInstagramEmulator } from '../../emulators/instagram/start.ts'
import { startTelegramEmulator, type TelegramEmulator } from '../../emulators/telegram/start.ts'
import { DEMO_ACCOUNT, demoCast, INSTAGRAM_PEOPLE } from './cast.ts'
import { createSimulator, MAX_UPLOADS } from './simulator.ts'

const TOKEN = '7000000001:token-of-the-demo-that-stays-here'
const IG_TOKEN = `IGAA${'x'.repeat(40)}`
const cast = demoCast(TOKEN)
const CHAT = 8_000_001
const OTHER_CHAT = 8_000_002
const THREAD = 9_000_001
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let telegram: TelegramEmulator
let instagram: InstagramEmulator
let server: Server
let origin: string
let root: string
let reconnections = 0
let agedMs = 0

beforeAll(async () => {
  telegram = await startTelegramEmulator()
  telegram.createBot(cast.bot)
  for (const id of [CHAT, OTHER_CHAT]) {
    telegram.createUser({ id, first_name: 'مریم' })
    telegram.openChat({ botId: cast.bot.id, userId: id })
  }
  instagram = await startInstagramEmulator()
  instagram.createAccount({ ...DEMO_ACCOUNT, token: IG_TOKEN })
  const reconnect = async () => {
    reconnections += 1
  }
  const age = async (ms: number) => {
    agedMs += ms
  }
  const stages = [
    telegramStage({ emulator: telegram, cast, reconnect }),
    instagramStage({
      emulator: instagram,
      token: IG_TOKEN,
      account: DEMO_ACCOUNT,
      people: INSTAGRAM_PEOPLE,
      reconnect,
      age,
    }),
  ]
  // Nobody's address: here the page's origin is known by the host alone.
  server = createServer(createSimulator({ stages, publicUrl: 'https://desk.example' }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  root = `${origin}/simulator/api`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await Promise.all([telegram.close(), instagram.close()])
})

const postAll = (path: string, body: unknown, from = origin) =>
  fetch(`${root}/${path}`, { method: 'POST', headers: { origin: from }, body: JSON.stringify(body) })
const post = (path: string, body: object, from = origin) => postAll(`chats/${CHAT}/${path}`, body, from)
const actOn = async (chat: number, act: SimulatorAct): Promise<SimulatedMessage> => {
  const response = await postAll(`chats/${chat}/acts`, act)
  expect(response.status, JSON.stringify(act)).toBe(200)
  return (await response.json()).messages[0]
}
const chatOf = async (chat: number) => (await fetch(`${root}/chats/${chat}`)).json()
const upload = (chat: number, bytes: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${root}/chats/${chat}/files`, {
    method: 'POST',
    headers: { origin, 'content-type': 'image/png', ...headers },
    body: bytes,
  })
const trouble = (platform: string, name: string, until: string) =>
  postAll('faults', { platform, trouble: name, until })

/** Reads a stream until the text is in it. */
const readUntil = async (text: string, headers: Record<string, string> = {}, chat = CHAT) => {
  const leaving = new AbortController()
  const response = await fetch(`${root}/chats/${chat}/events`, { headers, signal: leaving.signal })
  const decoder = new TextDecoder()
  let seen = ''
  for await (const chunk of response.body ?? []) {
    seen += decoder.decode(chunk, { stream: true })
    if (seen.includes(text)) break
  }
  leaving.abort()
  return seen
}

test('the cast is shown without a token or an address of theirs', async () => {
  const text = await (await fetch(`${root}/cast`)).text()
  const { businesses, people } = JSON.parse(text)
  expect(businesses).toMatchObject([{ username: 'peyk_demo_bot' }, { username: 'peyk.demo' }])
  expect(people).toHaveLength(12)
  for (const secret of [TOKEN, IG_TOKEN, telegram.url, instagram.url]) expect(text).not.toContain(secret)
})

test('what a customer writes is stored, shown and streamed', async () => {
  const stream = readUntil('سلام')
  const written = await (await post('messages', { text: 'سلام' })).json()
  expect(written).toMatchObject({ from: 'customer', kind: 'text', text: 'سلام', edited: false })
  expect(await chatOf(CHAT)).toEqual({ messages: [written], blocked: false, seenId: null })
  expect(await stream).toContain(JSON.stringify({ type: 'message', message: written }))
})

test('a stream resumes after its last position, and tells everything where that is gone', async () => {
  const first = await readUntil('id: ')
  const position = /id: (.+)/.exec(first)?.[1] ?? ''
  await post('messages', { text: 'missed' })
  expect(await readUntil('missed', { 'last-event-id': position })).not.toContain('سلام')
  expect(await readUntil('"blocked"', { 'last-event-id': 'nowhere' })).toContain('سلام')
})

test('a block is set and taken back, on either platform', async () => {
  for (const chat of [CHAT, THREAD]) {
    await postAll(`chats/${chat}/blocked`, { blocked: true })
    expect(await chatOf(chat)).toMatchObject({ blocked: true })
    expect((await postAll(`chats/${chat}/acts`, { do: 'text', text: 'x' })).status).toBe(409)
    await postAll(`chats/${chat}/blocked`, { blocked: false })
  }
})

const media = (kind: 'photo' | 'voice' | 'audio' | 'video' | 'round_video' | 'sticker' | 'document') => ({
  do: 'media' as const,
  kind,
})

test.each([
  ...(['photo', 'voice', 'audio', 'video', 'round_video', 'sticker', 'document'] as const).map(
    (kind) => [CHAT, media(kind), kind] as const,
  ),
  [CHAT, { do: 'location' }, 'location'],
  [CHAT, { do: 'contact' }, 'contact'],
  [CHAT, { do: 'album', files: [] }, 'photo'],
  [CHAT, { do: 'other' }, 'other'],
  ...(['photo', 'voice', 'video', 'document', 'sticker'] as const).map(
    (kind) => [THREAD, media(kind), kind] as const,
  ),
  [THREAD, { do: 'album', files: [] }, 'photo'],
  [THREAD, { do: 'story_reply', text: '😍' }, 'story_reply'],
  [THREAD, { do: 'story_mention' }, 'story_mention'],
  [THREAD, { do: 'share' }, 'share'],
  [THREAD, { do: 'reel' }, 'reel'],
  [THREAD, { do: 'other' }, 'other'],
] as const)('the phone of %i does %j, and shows %s', async (chat, act, kind) => {
  const message = await actOn(chat, act as SimulatorAct)
  expect(message).toMatchObject({ kind, from: 'customer' })
  for (const { key } of message.files) {
    const file = await fetch(`${root}/chats/${chat}/files/${encodeURIComponent(key)}`)
    expect(file.status).toBe(200)
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(20)
  }
})

describe.each([CHAT, THREAD])('on the phone of %i', (chat) => {
  test('a message is answered, edited, reacted to and taken back', async () => {
    const first = await actOn(chat, { do: 'text', text: 'one' })
    expect(await actOn(chat, { do: 'text', text: 'two', replyTo: first.id })).toMatchObject({
      replyTo: first.id,
    })
    const edited = await actOn(chat, { do: 'edit', id: first.id, text: 'uno' })
    expect(edited).toMatchObject({ text: 'uno', edited: true })
    const reacted = await actOn(chat, { do: 'react', id: first.id, emoji: '❤' })
    expect(reacted.reactions).toEqual({ customer: '❤', business: null })
    const bare = await actOn(chat, { do: 'react', id: first.id, emoji: null })
    expect(bare.reactions.customer).toBeNull()
    await postAll(`chats/${chat}/acts`, { do: 'unsend', id: first.id })
    const left = (await chatOf(chat)).messages.filter((one: SimulatedMessage) => !one.unsent)
    expect(left.map(({ text }: SimulatedMessage) => text)).not.toContain('uno')
  })

  test('a file of one’s own is sent, and shown where it was sent alone', async () => {
    const { file } = await (await upload(chat, PNG)).json()
    const message = await actOn(chat, { do: 'media', kind: 'photo', file })
    const key = encodeURIComponent(message.files[0]?.key ?? '')
    const shown = await fetch(`${root}/chats/${chat}/files/${key}`)
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG)
    const elsewhere = chat === CHAT ? OTHER_CHAT : 9_000_002
    expect((await fetch(`${root}/chats/${elsewhere}/files/${key}`)).status).toBe(404)
  })
})

test('what could run is handed over as a file, never shown', async () => {
  const page = '<script>alert(1)</script>'
  const { file } = await (await upload(CHAT, page, { 'content-type': 'text/html' })).json()
  const { files } = await actOn(CHAT, { do: 'media', kind: 'document', file })
  const shown = await fetch(`${root}/chats/${CHAT}/files/${files[0]?.key}`)
  expect(shown.headers.get('content-type')).toBe('application/octet-stream')
  expect(shown.headers.get('content-disposition')).toBe('attachment')
  expect(shown.headers.get('content-security-policy')).toContain('sandbox')
})

test('a phone of Instagram does nothing that Instagram does not know, and takes back only its own', async () => {
  for (const act of [{ do: 'location' }, { do: 'contact' }, media('round_video')])
    expect((await postAll(`chats/${THREAD}/acts`, act)).status).toBe(400)
  expect((await post('acts', { do: 'story_mention' })).status).toBe(400)
  const { igsid } = instagram.listThreads(DEMO_ACCOUNT.id)[0] ?? { igsid: '' }
  const { message } = instagram.writeAsOwner({ accountId: DEMO_ACCOUNT.id, igsid, text: 'ours' })
  expect((await postAll(`chats/${THREAD}/acts`, { do: 'unsend', id: message.mid })).status).toBe(404)
  expect(await actOn(THREAD, { do: 'react', id: message.mid, emoji: '👍' })).toMatchObject({
    from: 'business',
  })
  expect((await postAll(`chats/${THREAD}/acts`, { do: 'seen' })).status).toBe(200)
})

test('no other page may write, upload or break anything', async () => {
  const evil = 'http://evil.test'
  expect((await post('messages', { text: 'x' }, evil)).status).toBe(403)
  expect((await post('acts', { do: 'location' }, evil)).status).toBe(403)
  expect((await upload(CHAT, PNG, { origin: evil })).status).toBe(403)
  for (const path of ['faults', 'normal', 'travel']) expect((await postAll(path, {}, evil)).status).toBe(403)
  expect(
    (await fetch(`${root}/chats/${CHAT}/messages`, { method: 'POST', body: '{"text":"x"}' })).status,
  ).toBe(403)
})

test.each([
  ['chats/1', 404],
  ['chats/x', 404],
  ['other', 404],
  [`chats/${CHAT}/messages`, 405],
  [`chats/${CHAT}/events/1`, 404],
  [`chats/${CHAT}/files/999999`, 404],
  [`chats/${CHAT}/files/..%2f..%2fetc`, 404],
  [`chats/${CHAT}/files/%E0%A4%A`, 404],
  [`chats/${THREAD}/files/nothing.0`, 404],
  ['normal', 405],
])('GET %s is %i', async (path, status) => {
  expect((await fetch(`${root}/${path}`)).status).toBe(status)
})

test.each(
  [
    ['', 400],
    ['{"do":"text"', 400],
    ['[]', 400],
    ['null', 400],
    ['{"do":"text","text":""}', 400],
    [`{"do":"text","text":"${'x'.repeat(4097)}"}`, 400],
    ['{"do":"media","kind":"malware"}', 400],
    ['{"do":"media","kind":"photo","file":"../../etc/passwd"}', 404],
    ['{"do":"album","files":["1","1","1","1","1","1","1","1","1","1","1"]}', 400],
    ['{"do":"edit","id":"999999","text":"x"}', 404],
    ['{"do":"edit","id":"__proto__","text":"x"}', 404],
    ['{"do":"react","id":"1e9","emoji":"x"}', 404],
    ['x'.repeat(70_000), 413],
  ].map(([body, status]) => ({ body: String(body), start: String(body).slice(0, 60), status })),
)('the act $start is refused with $status', async ({ body, status }) => {
  const headers = { origin }
  expect((await fetch(`${root}/chats/${CHAT}/acts`, { method: 'POST', headers, body })).status).toBe(status)
})

test('an upload that is empty, nameless in type, garbled in name or too long is refused', async () => {
  expect((await upload(CHAT, '')).status).toBe(400)
  expect((await upload(CHAT, PNG, { 'content-type': 'nonsense' })).status).toBe(400)
  expect((await upload(CHAT, PNG, { 'x-file-name': '%E0%A4%A' })).status).toBe(400)
  expect((await upload(CHAT, Buffer.alloc(10 * 1024 * 1024 + 1))).status).toBe(413)
})

test('so many uploads at once and no more', async () => {
  const headers = { origin, 'content-type': 'image/png', 'content-length': PNG.length }
  const begin = () => {
    const asked = request(`${root}/chats/${CHAT}/files`, { method: 'POST', headers })
    const status = once(asked, 'response').then(([response]) => {
      response.resume()
      return response.statusCode
    })
    asked.write(PNG.subarray(0, 10))
    return { asked, status }
  }
  const all = Array.from({ length: MAX_UPLOADS + 1 }, begin)
  expect(await Promise.race(all.map(({ status }) => status))).toBe(503)
  for (const { asked } of all) asked.end(PNG.subarray(10))
  const statuses = await Promise.all(all.map(({ status }) => status))
  expect(statuses.filter((status) => status === 200)).toHaveLength(MAX_UPLOADS)
})

describe('what goes wrong', () => {
  const send = (text: string) =>
    fetch(`${telegram.url}/bot${TOKEN}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: CHAT, text }),
    })
  const faults = async () => (await (await fetch(`${root}/faults`)).json()).faults

  test('strikes the next message and no other call, and is then over', async () => {
    await trouble('telegram', 'slow_down', 'once')
    expect(await faults()).toEqual([{ platform: 'telegram', trouble: 'slow_down', until: 'once' }])
    const typing = `${telegram.url}/bot${TOKEN}/sendChatAction?chat_id=${CHAT}&action=typing`
    expect((await fetch(typing)).status).toBe(200)
    expect((await send('a')).status).toBe(429)
    expect(await faults()).toEqual([])
    expect((await send('b')).status).toBe(200)
  })

  test('goes on until it is turned off, one without the other', async () => {
    await trouble('telegram', 'server_error', 'off')
    await trouble('telegram', 'slow_down', 'once')
    expect((await send('a')).status).toBe(502)
    expect((await send('b')).status).toBe(502)
    await trouble('telegram', 'server_error', 'none')
    expect((await send('c')).status).toBe(429)
    expect((await send('d')).status).toBe(200)
  })

  test('a token that is void comes back, and the channel with it', async () => {
    await trouble('telegram', 'token_revoked', 'off')
    expect((await send('a')).status).toBe(401)
    await trouble('instagram', 'token_expired', 'off')
    const before = reconnections
    const normal = await (await postAll('normal', {})).json()
    expect(normal.faults).toEqual([])
    expect(reconnections).toBe(before + 2)
    expect((await send('b')).status).toBe(200)
  })

  test('what is told to somebody else, or to nobody, is over once the channel is heard again', async () => {
    await trouble('telegram', 'unheard', 'off')
    const account = { authorization: `Bearer ${IG_TOKEN}` }
    const subscription = `${instagram.url}/v23.0/me/subscribed_apps`
    await trouble('instagram', 'unheard', 'off')
    expect((await (await fetch(subscription, { headers: account })).json()).data).toEqual([])
    expect(await faults()).toEqual([
      { platform: 'telegram', trouble: 'unheard', until: 'off' },
      { platform: 'instagram', trouble: 'unheard', until: 'off' },
    ])
    await fetch(`${telegram.url}/bot${TOKEN}/deleteWebhook`)
    await fetch(`${subscription}?subscribed_fields=messages`, { method: 'POST', headers: account })
    expect(await faults()).toEqual([])
  })

  test('webhooks come ten times, or turned round, and then as ever', async () => {
    await trouble('instagram', 'out_of_order', 'once')
    await trouble('instagram', 'duplicates', 'off')
    await trouble('instagram', 'echo_first', 'off')
    expect(instagram.snapshot().delivery).toMatchObject({
      paused: true,
      order: 'reversed',
      copies: 10,
      echo: 'before',
    })
    await postAll('normal', {})
    expect(instagram.snapshot().delivery).toMatchObject({
      paused: false,
      order: 'as-it-came',
      copies: 1,
      echo: 'after',
    })
  })

  test.each([
    ['telegram', 'echo_first', 'off'],
    ['telegram', 'token_revoked', 'once'],
    ['instagram', 'nonsense', 'off'],
    ['website', 'hang', 'off'],
  ])('nothing that cannot be: %s, %s, %s', async (platform, name, until) => {
    expect((await trouble(platform, name, until)).status).toBe(400)
  })

  test('time passes on Instagram, for its customers and for what is stored of them', async () => {
    const before = instagram.snapshot().nowMs
    expect((await postAll('travel', { hours: 24 })).status).toBe(400)
    expect(await (await postAll('travel', { hours: 25 })).json()).toMatchObject({ traveledHours: 25 })
    expect(agedMs).toBe(25 * 3_600_000)
    expect(instagram.snapshot().nowMs - before).toBeGreaterThanOrEqual(agedMs)
  })
})
