import { expect, it } from 'vitest'
import { SOCKETS } from '../contract/frames.ts'
import { createRoutes } from '../transports/rest/routes.ts'
import { appRouter } from '../transports/trpc/router.ts'
import { RAW_ROWS } from './raw-rows.testing.ts'
import { REST_ROWS } from './rest-rows.testing.ts'
import { TRPC_ROWS } from './trpc-rows.testing.ts'

const routes = createRoutes({ publicUrl: 'http://localhost' } as never, async () => ({}))
const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: string; meta?: { isOpen?: true } } }
>
const sorted = (names: Iterable<string>) => [...names].sort()

it('every REST route has its row in the access matrix, and every row its route', () => {
  expect(sorted(routes.map(({ method, path }) => `${method} ${path}`))).toEqual(
    sorted(Object.keys(REST_ROWS)),
  )
})

it('only the REST routes that say why need nobody', () => {
  for (const { method, path, isOpen = false } of routes) {
    const row = REST_ROWS[`${method} ${path}`]
    expect(row && 'isOpen' in row, `${method} ${path}`).toBe(isOpen)
  }
})

it('every procedure has its row in the access matrix, and every row its procedure', () => {
  expect(sorted(Object.keys(procedures))).toEqual(sorted(Object.keys(TRPC_ROWS)))
  for (const [name, row] of Object.entries(TRPC_ROWS)) {
    const { type, meta } = procedures[name]?._def ?? {}
    expect(type === 'subscription', name).toBe('provoke' in row)
    expect(meta?.isOpen ?? false, name).toBe('isOpen' in row)
  }
})

it('every frame of a client has its row in the access matrix, and every row its frame', () => {
  const named = SOCKETS.flatMap(({ path, client }) => Object.keys(client).map((type) => `${path} ${type}`))
  expect(sorted(named)).toEqual(sorted(Object.keys(RAW_ROWS)))
})
