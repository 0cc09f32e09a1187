import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { enter } from '../core/cast.testing.ts'
import { createTestCtx } from '../core/context.testing.ts'
import { KEEP_ALIVE, TrpcServer } from './trpc/server.ts'
import { WaitingRoom } from './waiting-room.ts'
import { CONVERSATIONS, startRaw } from './ws/raw-server.testing.ts'
import { PING_MS } from './ws/server.ts'

const MAX_SILENCE_MS = 35_000

/** A client that was let in and answers no ping, of whatever kind. */
const silent = (url: string) => new WebSocket(url, { autoPong: false }).on('error', () => {})

it('a raw socket that answers no ping is cut off, and one that does is not', async () => {
  const server = await startRaw({}, 50)
  const anna = await server.enter('anna')
  const honest = await server.connect(CONVERSATIONS, anna)
  const ws = silent(`ws://127.0.0.1:${server.port}${CONVERSATIONS}?token=${anna.token}`)
  expect((await once(ws, 'close'))[0]).toBe(1006)
  await honest.flush()
  await honest.close()
  await server.close()
})

it('a console’s socket that answers no ping is cut off', async () => {
  const { ctx, clock } = createTestCtx()
  clock.advance(Date.now() - clock.now())
  const { sessionId } = (await enter(ctx, 'anna')).as.actor
  const trpc = new TrpcServer({
    ctx,
    readSessionId: async () => sessionId,
    addressOf: () => '127.0.0.1',
    waitingRoom: new WaitingRoom(10),
    keepAlive: { pingMs: 50, pongWaitMs: 20 },
  })
  const server = createServer().on('upgrade', (req, socket, head) => void trpc.upgrade(req, socket, head))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const ws = silent(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/trpc`)
  const told: string[] = []
  ws.on('message', (data) => told.push(data.toString()))
  expect((await once(ws, 'close'))[0]).toBe(1006)
  expect(told).toEqual(['PING'])
  trpc.close()
  server.close()
})

it('neither lasts longer than 35 seconds', () => {
  expect(PING_MS * 2).toBeLessThanOrEqual(MAX_SILENCE_MS)
  expect(KEEP_ALIVE.pingMs + KEEP_ALIVE.pongWaitMs).toBeLessThanOrEqual(MAX_SILENCE_MS)
})
