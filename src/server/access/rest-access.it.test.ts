import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeyScope } from '../contract/account.ts'
import { createRoutes } from '../transports/rest/routes.ts'
import { expectHarmless } from './harmless.testing.ts'
import { REST_ROWS, REST_VARIANTS } from './rest-rows.testing.ts'
import { type Call, type Row, rolesOf } from './row.testing.ts'
import { openWorld, type World } from './world.testing.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('rest_access')
})
afterAll(() => world?.close())

const SCOPES: KeyScope[] = ['messages', 'ai', 'read']
const routes = createRoutes({ publicUrl: 'http://localhost' } as never, async () => ({}))
const named = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))

async function ask(name: string, { params = [], query = '', body }: Call, token: string | null) {
  const [method = '', path = ''] = name.split(' ')
  const rest = [...params]
  const target = path.replace(/\{\w+\}/g, () => encodeURIComponent(String(rest.shift() ?? '')))
  const response = await fetch(`${world.origin}${target}${query}`, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, text: await response.text() }
}

describe('REST', () => {
  const rows = Object.entries({ ...REST_ROWS, ...REST_VARIANTS }).filter(
    (entry): entry is [string, Row] => !('isOpen' in entry[1]),
  )
  it.each(rows)('%s answers whom it may and nobody else', async (name, row) => {
    const call = await row.call(world)
    for (const [who, token] of [
      ['nobody', null],
      ['a forger', `${world.ada.token.slice(0, -8)}AAAAAAAA`],
      ['a revoked session', world.revoked.token],
    ] as const)
      expect(await expectHarmless(world, who, () => ask(name, call, token)), who).toBe(401)

    const isOwn = row.stranger === 'own'
    if (!isOwn || !call.by) {
      const status = await expectHarmless(world, 'a stranger', () => ask(name, call, world.omid.token), isOwn)
      if (!isOwn) expect(status, 'a stranger').toBe(404)
    }
    if (row.nested) {
      const nested = await row.nested(world)
      await expectHarmless(world, 'a stranger with what is not theirs', () =>
        ask(name, nested, world.omid.token),
      )
    }

    const { may, mayNot } = rolesOf(world, row.right)
    for (const [who, { token }] of mayNot)
      expect(await expectHarmless(world, who, () => ask(name, call, token)), who).toBe(row.denied ?? 403)
    const route = named.get(name.split(' ', 2).join(' '))
    const allowed = route && !route.isOpen ? route.scopes : []
    const key = await world.newKey(SCOPES.filter((scope) => !allowed.includes(scope)))
    expect(await expectHarmless(world, 'a key without the scope', () => ask(name, call, key)), 'a key').toBe(
      403,
    )

    const token = call.by?.token ?? (may === 'bot' ? await world.newKey(['ai']) : may.token)
    // What a stranger did with their own may be in the way.
    const { status, text } = await ask(name, isOwn && !call.by ? await row.call(world) : call, token)
    expect(status, `whoever may is refused: ${text}`).toBeLessThan(300)
  })
})
