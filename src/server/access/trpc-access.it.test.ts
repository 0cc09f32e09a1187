import { EventEmitter, once } from 'node:events'
import { createTRPCUntypedClient, createWSClient, wsLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type AppRouter, appRouter } from '../transports/trpc/router.ts'
import { expectHarmless, type Told } from './harmless.testing.ts'
import { type Call, type OpenRow, type Row, rolesOf } from './row.testing.ts'
import type { SubscriptionRow } from './trpc-inbox-rows.testing.ts'
import { TRPC_ROWS } from './trpc-rows.testing.ts'
import { MARK, openWorld, type World } from './world.testing.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('trpc_access')
})
afterAll(() => world?.close())

const SESSION_ENDED = 4401
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>
const typeOf = (name: string) => procedures[name]?._def.type

async function ask(name: string, { body }: Call, cookie: string | null): Promise<Told> {
  const isQuery = typeOf(name) === 'query'
  const query = isQuery && body !== undefined ? `?input=${encodeURIComponent(JSON.stringify(body))}` : ''
  const response = await fetch(`${world.origin}/trpc/${name}${query}`, {
    method: isQuery ? 'GET' : 'POST',
    headers: { origin: world.origin, 'content-type': 'application/json', ...(cookie !== null && { cookie }) },
    ...(!isQuery && { body: JSON.stringify(body ?? {}) }),
  })
  return { status: response.status, text: await response.text() }
}

type AnyRow = Row | SubscriptionRow | OpenRow
const isSubscription = (row: AnyRow): row is SubscriptionRow => 'provoke' in row
const isCall = (row: AnyRow): row is Row => 'call' in row

describe('tRPC', () => {
  const rows = Object.entries(TRPC_ROWS).filter((entry): entry is [string, Row] => isCall(entry[1]))
  it.each(rows)('%s answers whom it may and nobody else', async (name, row) => {
    const call = await row.call(world)
    const forged = `${world.ada.cookie.slice(0, -8)}AAAAAAAA`
    for (const [who, cookie] of [
      ['nobody', null],
      ['a forger', forged],
      ['a revoked session', world.revoked.cookie],
    ] as const)
      expect(await expectHarmless(world, who, () => ask(name, call, cookie)), who).toBe(401)

    const isOwn = row.stranger === 'own'
    if (!isOwn || !call.by) {
      const foreign = () => ask(name, call, world.omid.cookie)
      const status = await expectHarmless(world, 'a stranger', foreign, isOwn)
      if (!isOwn) expect(status, 'a stranger').toBe(404)
    }
    if (row.nested) {
      const nested = await row.nested(world)
      await expectHarmless(world, 'a stranger with a part of hers', () =>
        ask(name, nested, world.omid.cookie),
      )
    }

    const { may, mayNot } = rolesOf(world, row.right)
    for (const [who, { cookie }] of mayNot)
      expect(await expectHarmless(world, who, () => ask(name, call, cookie)), who).toBe(row.denied ?? 403)
    const cookie = call.by?.cookie ?? (may === 'bot' ? '' : may.cookie)
    // What a stranger did with their own may be in the way.
    const { status, text } = await ask(name, isOwn && !call.by ? await row.call(world) : call, cookie)
    expect(status, `whoever may is refused: ${text}`).toBe(200)
  })

  const subscriptions = Object.entries(TRPC_ROWS).filter((entry): entry is [string, SubscriptionRow] =>
    isSubscription(entry[1]),
  )
  it.each(subscriptions)('%s tells a stranger what is theirs alone', async (name, row) => {
    const { ada, omid } = world
    const hers = await subscribe(name, await row.input(world, ada), ada.cookie)
    const his = await subscribe(name, await row.input(world, omid), omid.cookie)
    await row.provoke(world, ada)
    await hers.first
    await row.provoke(world, omid)
    await his.first
    expect(JSON.stringify(hers.items)).not.toBe('[]')
    for (const id of await idsOf(ada)) expect(JSON.stringify(his.items)).not.toContain(id)
    expect(JSON.stringify(his.items)).not.toContain(MARK)
    hers.close()
    his.close()
  })

  it('closes the socket of nobody and of a revoked session before it tells anything', async () => {
    for (const cookie of ['', world.revoked.cookie]) {
      const ws = new WebSocket(`${world.origin.replace('http', 'ws')}/trpc`, {
        headers: { cookie, origin: world.origin },
      })
      const told: string[] = []
      ws.on('message', (data) => told.push(data.toString()))
      const code = await new Promise((resolve) => ws.once('close', resolve))
      expect([code, told]).toEqual([SESSION_ENDED, []])
    }
  })
})

const idsOf = async ({ person: { as } }: World['ada']) =>
  (await world.prisma.conversation.findMany({ where: { workspaceId: as.actor.workspaceId } })).map(
    ({ id }) => id,
  )

async function subscribe(name: string, input: object | undefined, cookie: string) {
  class Cookied extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { cookie, origin: world.origin } })
    }
  }
  const client = createWSClient({
    url: `${world.origin.replace('http', 'ws')}/trpc`,
    WebSocket: Cookied as unknown as typeof globalThis.WebSocket,
  })
  const trpc = createTRPCUntypedClient<AppRouter>({ links: [wsLink({ client })] })
  const items: unknown[] = []
  const heard = new EventEmitter()
  const [started, first] = [once(heard, 'started'), once(heard, 'item')]
  const { unsubscribe } = trpc.subscription(name, input, {
    onStarted: () => heard.emit('started'),
    onData(item) {
      items.push(item)
      heard.emit('item')
    },
    onError: (error) => heard.emit('error', error),
  })
  await started
  const close = () => {
    unsubscribe()
    void client.close()
  }
  return { items, first, close }
}
