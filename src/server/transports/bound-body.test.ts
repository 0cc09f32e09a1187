import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { boundBody, isTooLate, refuseSender } from './bound-body.ts'

const MAX = 100_000
/** What a reader without a bound was given, and whether it was told that this was all. */
const read: { size: number; isWhole: boolean }[] = []

const late: boolean[] = []

const server = createServer((req, res) => {
  late.push(isTooLate(req))
  const refuse = () =>
    req.headers['content-length'] === undefined
      ? void res.writeHead(413, { connection: 'close' }).end()
      : refuseSender(req, res, 413, { error: 'too much' })
  if (!boundBody(req, MAX, refuse)) return
  const seen = { size: 0, isWhole: false }
  read.push(seen)
  req.on('error', () => {})
  req.on('data', (chunk) => {
    seen.size += chunk.length
  })
  req.on('end', () => {
    seen.isWhole = true
    res.end('read')
  })
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

const post = (size: number, headers: Record<string, string | number>) =>
  new Promise<number>((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const sending = request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false })
    sending.on('response', (res) => resolve(res.resume().statusCode ?? 0)).on('error', reject)
    sending.end('x'.repeat(size))
  })

it('leaves a body of the allowed size to its reader, of whatever transfer', async () => {
  read.length = 0
  expect(await post(MAX, { 'content-length': MAX })).toBe(200)
  expect(await post(MAX, { 'transfer-encoding': 'chunked' })).toBe(200)
  expect(read).toEqual([
    { size: MAX, isWhole: true },
    { size: MAX, isWhole: true },
  ])
})

it('refuses one byte more before anybody reads where the length is named', async () => {
  read.length = 0
  expect(await post(MAX + 1, { 'content-length': MAX + 1 })).toBe(413)
  expect(read).toEqual([])
})

it('refuses one byte more where no length is named, and does not pass what came for the whole', async () => {
  read.length = 0
  expect(await post(MAX + 1, { 'transfer-encoding': 'chunked' })).toBe(413)
  expect(read).toMatchObject([{ isWhole: false }])
  expect(read[0]?.size).toBeLessThanOrEqual(MAX)
})

it('lets a client send its body to the end, and tells it why it was for nothing', async () => {
  const much = Buffer.alloc(8_000_000, 'x')
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' })
  const told = new Promise((resolve) => socket.once('data', resolve).once('error', resolve))
  late.length = 0
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${much.length}\r\n\r\n`)
  const more = Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  const sent = new Promise((resolve) => socket.write(Buffer.concat([much, more]), resolve))
  expect(await sent).not.toBeInstanceOf(Error)
  expect(String(await told)).toMatch(/^HTTP\/1\.1 413 /)
  socket.destroy()
  // What follows on this connection is known to be too late.
  expect(late.slice(1)).not.toContain(false)
})
