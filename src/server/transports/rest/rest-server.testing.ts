import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expectContract } from '../../contract/expect-contract.testing.ts'
import { enter, type Person } from '../../core/cast.testing.ts'
import { BEGINNING, createTestCtx } from '../../core/context.testing.ts'
import { DeliveryWorker } from '../../core/delivery/worker.ts'
import type { Settings } from '../../core/ports/settings.ts'
import { Doors } from '../../core/security/doors.ts'
import { originOf } from '../address.ts'
import { createFirstResults } from '../first-results.ts'
import { COMMON_ANSWERS } from './common-answers.ts'
import { createRest } from './rest.ts'
import { compile, type Route } from './route.ts'
import { createRoutes } from './routes.ts'

export const PUBLIC_URL = 'https://desk.example'

export interface Given {
  method?: string
  body?: string | Buffer
  headers?: Record<string, string>
  token?: string | null
}

export interface Told {
  status: number
  headers: Record<string, unknown>
  text: string
  json: Record<string, unknown>
}

/** A REST server on a free port over stores in memory, and Anna with her workspace, who asks unless a token is given. */
export async function startRest({
  delivers = false,
  ...settings
}: Partial<Settings> & { delivers?: boolean } = {}) {
  const given = { publicUrl: PUBLIC_URL, externalSendWaitMs: delivers ? 2_000 : 0, ...settings }
  const test = createTestCtx(given)
  const { ctx } = test
  // Tokens are verified by the real time.
  test.clock.advance(Date.now() - BEGINNING)
  const worker = new DeliveryWorker(ctx)
  if (delivers) worker.start()
  const anna = await enter(ctx, 'anna')
  const awaitResult = createFirstResults(ctx)
  const doors = new Doors(ctx)
  const rest = createRest({
    base: ctx,
    awaitResult,
    originOf: (req) => originOf(req, []),
    noteFailedAuth: (origin) => doors.noteFailedAuth(origin),
  })
  const routes = createRoutes(ctx.settings, awaitResult)
  const server = createServer((req, res) => void rest(req, res, new URL(req.url ?? '/', 'http://x')))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ask = async (path: string, given: Given = {}) => {
    const told = await askAt(port, path, { token: anna.token, ...given })
    expectAnswer(routes, `${given.method ?? 'GET'} /api/v1/${path}`, told)
    return told
  }
  /** Sends JSON as somebody. */
  const call = (method: string, path: string, body?: unknown, who: Person = anna) =>
    ask(path, { method, token: who.token, ...(body !== undefined && { body: JSON.stringify(body) }) })
  const close = async () => {
    await worker.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const others = { enter: (name: string) => enter(ctx, name), routes, worker }
  return { ...test, ...others, anna, port, ask, call, close, [Symbol.asyncDispose]: close }
}

/** Fails where a body is none of those that the document promises for this path and status. */
function expectAnswer(routes: Route[], asked: string, { status, text, json, headers }: Told) {
  const [method, target = ''] = asked.split(' ')
  const path = (target.split('?')[0] ?? '').replace(/\/$/, '')
  const route = routes.find((one) => one.method === method && compile(one).pattern.test(path))
  const promised = route?.doc.answers[status]
  const common = COMMON_ANSWERS[status]
  if (promised === null) return expectContract(null, text === '' ? undefined : text, `${asked}: ${status}`)
  const isJson = String(headers['content-type']).startsWith('application/json')
  const body = isJson ? json : text
  expectContract(common?.safeParse(body).success ? common : (promised ?? common), body, `${asked}: ${status}`)
}

function askAt(port: number, path: string, { method = 'GET', body, headers, token }: Given): Promise<Told> {
  const all = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }),
    ...headers,
  }
  return new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port, path: `/api/v1/${path}`, method, headers: all }
    const req = request(to, async (res) => {
      let text = ''
      for await (const chunk of res) text += chunk
      const isJson = text !== '' && String(res.headers['content-type']).startsWith('application/json')
      resolve({
        status: res.statusCode ?? 0,
        headers: res.headers,
        text,
        json: isJson ? JSON.parse(text) : {},
      })
    })
    req.on('error', reject)
    req.end(body)
  })
}
