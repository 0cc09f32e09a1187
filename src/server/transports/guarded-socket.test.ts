import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { encode, MAX_BUFFERED_BYTES, Outlet, Wire } from './guarded-socket.ts'

const closers: (() => unknown)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A wire of ours with a client of ws at its other end. */
async function open() {
  const server = createServer()
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const admitted = new Promise<Wire>((resolve) => {
    server.on('upgrade', (req, socket, head) =>
      wss.handleUpgrade(req, socket, head, (ws) => resolve(new Wire(ws, socket, new Outlet()))),
    )
  })
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const texts: string[] = []
  client.on('message', (data) => texts.push(data.toString()))
  const closed = new Promise<number>((resolve) => client.on('close', resolve))
  closers.push(
    () => server.close(),
    () => client.terminate(),
  )
  await new Promise((resolve) => client.once('open', resolve))
  return { wire: await admitted, client, texts, closed }
}

/** An object whose JSON has exactly so many bytes. */
const ofBytes = (count: number, letter = 'x') => {
  const room = count - Buffer.byteLength('{"x":""}')
  const width = Buffer.byteLength(letter)
  return { x: letter.repeat(Math.floor(room / width)) + 'x'.repeat(room % width) }
}

it.each([8, 125, 126, 127, 65_535, 65_536, 65_537, 1_000_000])(
  'writes %i bytes as a frame that ws reads',
  async (size) => {
    const { wire, texts } = await open()
    const frames = [ofBytes(size), ofBytes(size, 'ش'), ofBytes(size, '👋')]
    for (const frame of frames) {
      expect(Buffer.byteLength(JSON.stringify(frame))).toBe(size)
      wire.send(encode(frame))
    }
    await expect.poll(() => texts.length).toBe(3)
    expect(texts).toEqual(frames.map((frame) => JSON.stringify(frame)))
  },
)

it('keeps the order of frames, pings and the close', async () => {
  const { wire, client, texts, closed } = await open()
  const heard: string[] = []
  client.on('message', (data) => heard.push(data.toString()))
  client.on('ping', (data) => heard.push(`ping ${data.toString()}`))
  for (const index of [1, 2, 3]) {
    wire.send(encode({ index }))
    wire.socket.ping(String(index))
  }
  wire.socket.close(1012)
  wire.send(encode({ late: true }))
  expect(await closed).toBe(1012)
  expect(heard).toEqual(['{"index":1}', 'ping 1', '{"index":2}', 'ping 2', '{"index":3}', 'ping 3'])
  expect(texts).toHaveLength(3)
})

const TURN = () => new Promise((resolve) => setImmediate(resolve))

it('drops what a slow reader can do without, then closes it with 1013, and keeps no more than its bound', async () => {
  const { wire, client, texts, closed } = await open()
  client.pause()
  const big = encode(ofBytes(64 * 1024))
  while (wire.socket.bufferedAmount <= 512 * 1024) {
    wire.send(big)
    await TURN()
  }
  wire.sendEphemeral(encode({ ephemeral: true }))
  wire.send(encode({ durable: true }))
  while (wire.socket.readyState === wire.socket.OPEN) {
    wire.send(big)
    await TURN()
  }
  expect(wire.socket.bufferedAmount).toBeLessThan(MAX_BUFFERED_BYTES + 2 * big.length)
  client.resume()
  expect(await closed).toBe(1013)
  expect(texts).toContain('{"durable":true}')
  expect(texts).not.toContain('{"ephemeral":true}')
})

it('says nothing to a socket that is gone', async () => {
  const { wire, client } = await open()
  client.terminate()
  await expect.poll(() => wire.socket.readyState).toBe(wire.socket.CLOSED)
  expect(() => {
    wire.send(encode({ a: 1 }))
    wire.sendEphemeral(encode({ a: 1 }))
  }).not.toThrow()
})
