import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { LegacyConversation, LegacyCustomer, LegacyMessage, LegacyPagination } from '../../contract/legacy.ts'
import { ALL_SOCKETS } from '../../contract/sockets.ts'
import { startRest } from './rest-server.testing.ts'

type Json = Record<string, unknown>

let rest: Awaited<ReturnType<typeof startRest>>
let openApi: Json
let asyncApi: Json
beforeAll(async () => {
  rest = await startRest()
  openApi = (await rest.ask('openapi.json', { token: null })).json
  asyncApi = (await rest.ask('asyncapi.json', { token: null })).json
})
afterAll(() => rest.close())

const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/protocol.md'), 'utf8')

/** Every object in a document. */
function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Json
  for (const one of Object.values(value)) yield* objectsIn(one)
}

function resolve(document: Json, ref: string): unknown {
  const parts = ref
    .replace(/^#\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  return parts.reduce<unknown>((at, part) => (at as Json | undefined)?.[part], document)
}

const danglingIn = (document: Json) =>
  [...objectsIn(document)].flatMap(({ $ref }) =>
    typeof $ref === 'string' && resolve(document, $ref) === undefined ? [$ref] : [],
  )

/** Throws where a JSON Schema is none. */
const compile = (schema: unknown) => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])

const METHODS = ['get', 'put', 'post', 'delete', 'patch']

interface Operation {
  summary: string
  parameters?: { name: string; in: string; required?: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<
    string,
    { description?: string; content?: Record<string, { schema: object }>; $ref?: string }
  >
  security: Record<string, string[]>[]
  operationId?: string
}

const operations = () =>
  Object.entries(openApi.paths as Record<string, Record<string, Operation>>).flatMap(([at, item]) =>
    Object.entries(item).map(([method, operation]) => ({ at, method, operation })),
  )

describe('the OpenAPI document', () => {
  it('is of 3.1, and every reference in it leads somewhere', () => {
    expect(openApi).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\.\d$/),
      info: { title: 'Peyk', version: expect.any(String) },
    })
    expect(danglingIn(openApi)).toEqual([])
  })

  it('declares each parameter of each path once, and no other', () => {
    for (const { at, operation } of operations()) {
      const named = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = operation.parameters ?? []
      expect(
        declared.filter((one) => one.in === 'path').map(({ name, required }) => [name, required]),
      ).toEqual(named.map((name) => [name, true]))
      expect(new Set(declared.map((one) => `${one.in} ${one.name}`)).size).toBe(declared.length)
    }
  })

  it('names methods, answers and securities that exist, and no operation twice', () => {
    const schemes = Object.keys((openApi.components as Json).securitySchemes as Json)
    for (const { method, operation } of operations()) {
      expect(METHODS).toContain(method)
      expect(Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status))).toBe(true)
      for (const response of Object.values(operation.responses))
        expect(response.$ref ?? response.description).toEqual(expect.any(String))
      for (const name of operation.security.flatMap((one) => Object.keys(one)))
        expect(schemes).toContain(name)
    }
    const ids = operations().flatMap(({ operation }) => operation.operationId ?? [])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('holds schemas that compile', () => {
    for (const { operation } of operations()) {
      const contents = [operation.requestBody, ...Object.values(operation.responses)].flatMap((one) =>
        Object.values(one?.content ?? {}),
      )
      for (const { schema } of contents) expect(() => compile(schema)).not.toThrow()
    }
  })

  it('tells every route, and protocol.md the same ones', () => {
    const told = operations()
      .map(({ at, method }) => `${method.toUpperCase()} ${at}`)
      .sort()
    expect(told).toEqual(rest.routes.map(({ method, path: at }) => `${method} ${at}`).sort())
    const onPage = [...page.matchAll(/^\| `([A-Z ]+) (\/api\/v1\/\S+)` \|/gm)].flatMap(
      ([, methods = '', at = '']) => methods.split(' ').map((method) => `${method} ${at}`),
    )
    const webhooks = [
      'POST /api/v1/message/webhook/{bot_username}/',
      'GET /api/v1/message/insta-webhook/',
      'POST /api/v1/message/insta-webhook/',
    ]
    expect(onPage.sort()).toEqual([...told, ...webhooks].sort())
  })

  it('asks of a key what protocol.md says', () => {
    const rows = [...page.matchAll(/^\| `([A-Z ]+) (\/api\/v1\/\S+)` \| ?([^|]*?) ?\|/gm)]
    for (const route of rest.routes) {
      const row = rows.find(
        ([, methods = '', at]) => at === route.path && methods.split(' ').includes(route.method),
      )
      const scope = route.isOpen ? 'open' : route.scopes.map((one) => `\`${one}\``).join(', ')
      expect([route.path, row?.[3]]).toEqual([route.path, scope])
    }
  })
})

interface Channel {
  address: string
  messages: Record<string, { name: string; payload: object }>
  parameters?: Record<string, object>
}

describe('the AsyncAPI document', () => {
  it('is of 3.0, and every reference in it leads somewhere', () => {
    expect(asyncApi).toMatchObject({
      asyncapi: expect.stringMatching(/^3\.0\.\d$/),
      info: { title: 'Peyk', version: expect.any(String) },
    })
    expect(danglingIn(asyncApi)).toEqual([])
  })

  it('declares the parameters of each address, and messages that compile', () => {
    for (const channel of Object.values(asyncApi.channels as Record<string, Channel>)) {
      const named = [...channel.address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(Object.keys(channel.parameters ?? {})).toEqual(named)
      for (const { payload } of Object.values(channel.messages)) expect(() => compile(payload)).not.toThrow()
    }
  })

  it('has operations over the messages of their own channel, every one of them in one', () => {
    type Ref = { $ref: string }
    const all = Object.values(
      asyncApi.operations as Record<string, { action: string; channel: Ref; messages: Ref[] }>,
    )
    for (const { action, channel, messages } of all) {
      expect(['send', 'receive']).toContain(action)
      for (const { $ref } of messages) expect($ref.startsWith(`${channel.$ref}/messages/`)).toBe(true)
    }
    const used = new Set(all.flatMap(({ messages }) => messages.map(({ $ref }) => $ref)))
    const channels = Object.entries(asyncApi.channels as Record<string, Channel>)
    const held = channels.flatMap(([name, { messages }]) =>
      Object.keys(messages).map((one) => `#/channels/${name}/messages/${one}`),
    )
    expect([...used].sort()).toEqual(held.sort())
  })

  it('tells a frame apart that goes both ways', () => {
    for (const { client, server, path: at } of ALL_SOCKETS) {
      const channel = Object.values(asyncApi.channels as Record<string, Channel>).find(
        ({ address }) => address === at,
      )
      const count = Object.keys(client).length + Object.keys(server).length
      expect([at, Object.keys(channel?.messages ?? {}).length]).toEqual([at, count])
    }
  })
})

describe('protocol.md', () => {
  const sectionOf = (title: string) => page.split(/^##+ /m).find((section) => section.startsWith(title)) ?? ''
  /** Frame types in the first cells of a table, with the names in code in the cells after them. */
  const framesIn = (section: string, head: string) => {
    const table = section.split(`| ${head} |`)[1]?.split('\n\n')[0] ?? ''
    const rows = table
      .split('\n')
      .slice(2)
      .map((row) => row.split('|'))
    return rows.flatMap(([, names = '', ...rest]) =>
      codesIn(names).map((name) => [name, codesIn(rest.join())] as const),
    )
  }
  const codesIn = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
  const SIDES = [
    ['you send', 'client'],
    ['you get', 'server'],
  ] as const

  it.each(
    ALL_SOCKETS.flatMap((socket) => SIDES.map(([head, side]) => [socket.path, head, socket[side]] as const)),
  )('%s: names each frame that “%s”, with its fields', (at, head, frames) => {
    const named = new Map([
      ...framesIn(sectionOf('Every socket'), head),
      ...framesIn(sectionOf(`\`${at}\``), head),
    ])
    expect([...named.keys()].sort()).toEqual(Object.keys(frames).sort())
    for (const [name, { schema }] of Object.entries(frames)) {
      const fields = Object.keys((schema as z.ZodObject).shape).filter((field) => field !== 'type')
      expect(named.get(name), `the fields of ${name}`).toEqual(expect.arrayContaining(fields))
    }
  })

  it.each([
    ['`pagination`', LegacyPagination],
    ['Message', LegacyMessage],
    ['Customer', LegacyCustomer],
    ['Conversation', LegacyConversation],
  ])('names the fields of %s', (name, schema) => {
    const paragraph =
      sectionOf('Shapes')
        .split('\n\n')
        .find((one) => one.startsWith(`${name}:`)) ?? ''
    expect(codesIn(paragraph)).toEqual(expect.arrayContaining(Object.keys(schema.shape)))
  })
})
