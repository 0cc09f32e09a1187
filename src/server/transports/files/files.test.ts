import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { whole } from '../../adapters/suites/files.suite.ts'
import type { Attachment } from '../../contract/attachment.ts'
import { MAX_FILE_BYTES } from '../../contract/limits.ts'
import { openListed } from '../../core/cast.testing.ts'
import { actAs, BEGINNING, createTestCtx } from '../../core/context.testing.ts'
import type { MemberCtx } from '../../core/context.ts'
import { listFileLinks, publicFileUrl } from '../../core/files/links.ts'
import { createFileServer } from './files.ts'
import { createUploads } from './uploads.ts'

const { ctx, clock, state } = createTestCtx()
const files = createFileServer(ctx)
const uploads = createUploads({
  base: ctx,
  readSessionId: async (cookie) => cookie ?? null,
  addressOf: () => '127.0.0.1',
})
const server = createServer((req, res) => {
  const url = new URL(req.url ?? '/', 'http://x')
  void (url.pathname.startsWith('/files/') ? files(req, res, url) : uploads(req, res, url))
})
let anna: MemberCtx
let conversationId: string
beforeAll(async () => {
  clock.advance(Date.now() - BEGINNING)
  anna = await actAs(ctx, 'anna')
  conversationId = (await openListed(anna)).id
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close().closeAllConnections())

interface Given {
  method?: string
  headers?: Record<string, string>
  body?: Buffer
}

const port = () => (server.address() as AddressInfo).port

const ask = (path: string, { method = 'GET', headers = {}, body }: Given = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port: port(), path, method, headers }, async (res) => {
      resolve({ status: res.statusCode ?? 0, headers: res.headers, bytes: await whole(res) })
    })
    asking.on('error', reject).end(body)
  })

const upload = async (body: Buffer, name = 'a.bin', cookie = anna.actor.sessionId, id = conversationId) => {
  const path = `/uploads/${id}?name=${encodeURIComponent(name)}`
  const told = await ask(path, { method: 'POST', headers: { cookie }, body })
  return { ...told, json: JSON.parse(String(told.bytes)) as Attachment & { error_code?: string } }
}

const linkTo = async (id: string) => {
  const [link] = await listFileLinks(anna, { ids: [id] })
  if (!link) throw new Error('There is no link')
  return link
}

const jpeg = () =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()

it('takes a picture in and shows it, and its small one, to whoever has the address', async () => {
  const { status, json } = await upload(await jpeg(), 'تعطیلات.jpg')
  expect(status).toBe(201)
  expect(json).toMatchObject({ kind: 'image', name: 'تعطیلات.jpg', mime: 'image/jpeg', state: 'ready' })
  const { url, thumbUrl } = await linkTo(json.id)
  const told = await ask(url)
  expect(told.status).toBe(200)
  expect(told.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': String(json.size),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
    'cache-control': expect.stringMatching(/^private, max-age=\d{3,4}, immutable$/),
    'content-disposition': `inline; filename="_______.jpg"; filename*=UTF-8''${encodeURIComponent('تعطیلات.jpg')}`,
  })
  expect((await sharp(told.bytes).metadata()).width).toBe(600)
  const thumb = await ask(thumbUrl ?? '')
  expect(thumb.headers).toMatchObject({ 'content-type': 'image/webp' })
  expect((await sharp(thumb.bytes).metadata()).width).toBe(480)
})

it.each([
  ['a page', '<!doctype html><script>alert(1)</script>', 'photo.jpg'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'logo.svg'],
  ['a document', '%PDF-1.7\n%', 'a".pdf'],
])('gives %s to be saved alone', async (_, text, name) => {
  const { json } = await upload(Buffer.from(text), name)
  const { headers, bytes } = await ask((await linkTo(json.id)).url)
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(
      /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.%-]+$/,
    ),
    'x-content-type-options': 'nosniff',
  })
  expect(String(bytes)).toBe(text)
})

it('gives a part of a file, says what there is, and knows what a browser has', async () => {
  const { json } = await upload(Buffer.from('0123456789'))
  const { url } = await linkTo(json.id)
  const part = (range: string, more = {}) => ask(url, { headers: { range, ...more } })
  for (const [range, text, told] of [
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=0-99', '0123456789', 'bytes 0-9/10'],
  ] as const) {
    const answer = await part(range)
    expect([answer.status, String(answer.bytes), answer.headers['content-range']]).toEqual([206, text, told])
  }
  expect((await part('bytes=10-')).headers).toMatchObject({ 'content-range': 'bytes */10' })
  expect((await part('bytes=10-')).status).toBe(416)
  for (const range of ['bytes=0-1,4-5', 'bytes=4-2', 'lines=1-2', 'bytes=-'])
    expect(await part(range), range).toMatchObject({ status: 200 })
  expect(await part('bytes=2-4', { 'if-range': '"other"' })).toMatchObject({ status: 200 })
  const { headers } = await ask(url, { method: 'HEAD' })
  expect(headers).toMatchObject({ 'content-length': '10', 'accept-ranges': 'bytes' })
  const etag = String(headers.etag)
  expect(await ask(url, { headers: { 'if-none-match': etag } })).toMatchObject({ status: 304 })
  expect((await part('bytes=2-4', { 'if-range': etag })).status).toBe(206)
})

it('tells a forged, an expired, a foreign and a missing one nothing apart', async () => {
  const { json } = await upload(await jpeg())
  const { json: other } = await upload(Buffer.from('other'))
  const good = publicFileUrl(ctx, json.id).slice('https://peyk.test'.length)
  expect((await ask(good)).status).toBe(200)
  const bad = [
    good.replace(json.id, other.id),
    good.replace(/s=\w/, 's=0z'),
    good.replace(/e=\d+/, 'e=99999999999999'),
    `${good}&v=thumb`,
    `/files/${json.id}`,
    '/files/',
    `/files/${'f'.repeat(32)}?e=1&s=x`,
  ]
  const answers = await Promise.all(bad.map((path) => ask(path)))
  for (const { status, bytes } of answers)
    expect([status, String(bytes)]).toEqual([404, String(answers[0]?.bytes)])
  expect((await ask(good, { method: 'POST' })).status).toBe(404)
})

it('takes nothing from nobody, for a conversation of others, too large, or unreadable', async () => {
  const omar = await actAs(ctx, 'omar')
  const before = state.attachments.size
  const bytes = Buffer.from('x')
  expect((await upload(bytes, 'a', 'no-session')).status).toBe(401)
  expect(await ask(`/uploads/${conversationId}`, { method: 'POST', body: bytes })).toMatchObject({
    status: 401,
  })
  expect((await upload(bytes, 'a', omar.actor.sessionId)).status).toBe(404)
  expect((await upload((await jpeg()).subarray(0, 300))).status).toBe(400)
  expect((await upload(Buffer.alloc(0))).status).toBe(400)
  expect(state.attachments.size).toBe(before)
})

it('refuses what is too large before it has read it, and where that was not said', async () => {
  const head = `POST /uploads/${conversationId} HTTP/1.1\r\nHost: x\r\nCookie: ${anna.actor.sessionId}\r\n`
  const said = await talk(`${head}Content-Length: ${MAX_FILE_BYTES + 1}\r\n\r\n`, Buffer.alloc(0))
  expect(said).toMatch(/^HTTP\/1\.1 413 .*connection: close/is)
  const piece = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000), Buffer.from('\r\n')])
  const unsaid = await talk(`${head}Transfer-Encoding: chunked\r\n\r\n`, Buffer.concat(Array(26).fill(piece)))
  expect(unsaid).toMatch(/^HTTP\/1\.1 413 .*connection: close/is)
})

/** What is answered to bytes that are sent as they are. */
const talk = (head: string, body: Buffer) =>
  new Promise<string>((resolve) => {
    const socket = connect(port(), '127.0.0.1')
    let told = ''
    socket.on('data', (data) => {
      told += data
      if (told.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(told))
    socket.write(head)
    socket.write(body)
  })

it('keeps nothing of an upload whose sender hangs up', async () => {
  const before = state.attachments.size
  const head = `POST /uploads/${conversationId} HTTP/1.1\r\nHost: x\r\nCookie: ${anna.actor.sessionId}\r\nContent-Length: 99\r\n\r\n`
  const socket = connect(port(), '127.0.0.1')
  socket.write(`${head}half`)
  await expect.poll(() => state.attachments.size).toBe(before + 1)
  socket.destroy()
  await expect.poll(() => state.attachments.size).toBe(before)
})
