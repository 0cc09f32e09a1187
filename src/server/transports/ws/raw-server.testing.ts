import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SessionWatch } from '../../core/accounts/session-watch.ts'
import { enter, type Person } from '../../core/cast.testing.ts'
import { BEGINNING, createTestCtx } from '../../core/context.testing.ts'
import type { Settings } from '../../core/ports/settings.ts'
import { Doors } from '../../core/security/doors.ts'
import { originOf } from '../address.ts'
import { WaitingRoom } from '../waiting-room.ts'
import { RawClient } from './raw-client.testing.ts'
import { RawServer } from './server.ts'

/** The raw protocol's sockets on a free port, over stores in memory. */
export async function startRaw(settings: Partial<Settings> = {}, pingMs?: number) {
  const test = createTestCtx(settings)
  const { ctx } = test
  // Tokens are verified by the real time, and rooms wait by it.
  test.clock.advance(Date.now() - BEGINNING)
  const doors = new Doors(ctx)
  const raw = new RawServer(ctx, {
    doors,
    waitingRoom: new WaitingRoom(ctx.settings.limits.unauthenticatedPerAddress),
    ...(pingMs && { pingMs }),
  })
  const server = createServer()
  server.on('upgrade', (req, socket, head) => {
    const url = new URL(req.url ?? '/', 'http://localhost')
    if (raw.serves(url)) raw.upgrade(url, req, { socket, head, origin: originOf(req, []) })
    else socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  if (ctx.sessions instanceof SessionWatch) ctx.sessions.start()
  const connect = (path: string, { token }: Person) =>
    RawClient.open(port, `${path}${path.includes('?') ? '&' : '?'}token=${token}`)
  const close = async () => {
    if (ctx.sessions instanceof SessionWatch) ctx.sessions.close()
    raw.close()
    await new Promise((resolve) => server.close(resolve))
  }
  return { ...test, raw, port, enter: (name: string) => enter(ctx, name), connect, close }
}

/** The paths of the three sockets. */
export const chatPath = (id: string) => `/ws/chat/${id}/`
export const CONVERSATIONS = '/ws/conversations/'
export const CUSTOMERS = '/ws/customers/'
