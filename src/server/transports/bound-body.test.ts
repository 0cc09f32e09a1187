import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { boundBody } from './bound-body.ts'

const MAX = 100_000
/** What a reader without a bound was given, and whether it was told that this was all. */
const read: { size: number; isWhole: boolean }[] = []

const server = createServer((req, res) => {
  const refuse = () => void res.writeHead(413, { connection: 'close' }).end()
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
