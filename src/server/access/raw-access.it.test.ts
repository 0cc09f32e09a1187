import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SOCKETS } from '../contract/frames.ts'
import { RawClient } from '../transports/ws/raw-client.testing.ts'
import { expectHarmless } from './harmless.testing.ts'
import { RAW_ROWS } from './raw-rows.testing.ts'
import { MARK, openWorld, type World } from './world.testing.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('raw_access')
})
afterAll(() => world?.close())

const NO_RIGHT = 1008
const addressOf = (path: string, conversationId: string, token: string) =>
  `${path.replace('{conversation_id}', conversationId)}?token=${token}`

/** Everything that a socket says until it is closed, which it must be. */
async function untilClosed(address: string) {
  const client = new RawClient(world.port, address)
  return { status: (await client.whenClosed())?.code ?? 0, text: JSON.stringify(client.frames) }
}

describe('raw sockets', () => {
  it.each(SOCKETS.map(({ path }) => path))('%s lets in no one without a right', async (path) => {
    const { conversationId } = await world.openThread()
    const { ada, omid, revoked } = world
    const forged = `${ada.token.slice(0, -8)}AAAAAAAA`
    for (const [who, token] of [
      ['nobody', ''],
      ['a forger', forged],
      ['a revoked session', revoked.token],
      ...(path.includes('{') ? [['a stranger', omid.token] as const] : []),
    ] as const) {
      const code = await expectHarmless(world, who, () => untilClosed(addressOf(path, conversationId, token)))
      expect(code, who).toBe(NO_RIGHT)
    }
  })

  it.each(Object.entries(RAW_ROWS))('%s reaches nothing of another workspace', async (name, frameOf) => {
    const [path = '', type = ''] = name.split(' ')
    const hers = await world.openThread()
    const own = await world.openForeignThread()
    const client = await RawClient.open(world.port, addressOf(path, own.conversationId, world.omid.token))
    const call = async () => {
      client.send({ type, ...frameOf(hers) })
      await client.flush()
      return { status: 0, text: JSON.stringify(client.frames) }
    }
    await expectHarmless(world, 'a stranger', call, true)
    await client.close()
  })

  it('a stranger’s sockets hear nothing of what happens in another workspace', async () => {
    const { omid } = world
    const own = await world.openForeignThread()
    const sockets = await Promise.all(
      SOCKETS.map(({ path }) => RawClient.open(world.port, addressOf(path, own.conversationId, omid.token))),
    )
    await world.openThread()
    await world.openForeignThread()
    for (const socket of sockets) {
      await socket.flush()
      expect(JSON.stringify(socket.frames)).not.toContain(MARK)
      await socket.close()
    }
  })
})
