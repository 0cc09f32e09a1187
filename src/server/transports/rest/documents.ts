import { z } from 'zod'
import type { SocketDoc } from '../../contract/socket-doc.ts'
import { ALL_SOCKETS } from '../../contract/sockets.ts'
import { COMMON_ANSWERS } from './common-answers.ts'
import type { Route } from './route.ts'

const VERSION = '1'
const Document = z.record(z.string(), z.unknown())

/** The documents of the wire, made from the schemas that it keeps; anybody may read them. */
export function documentRoutes(routes: Route[], publicUrl: string): Route[] {
  const documents: Route[] = []
  documents.push(
    documentRoute('openapi', 'OpenAPI 3.1', () => toOpenApi([...routes, ...documents], publicUrl)),
    documentRoute('asyncapi', 'AsyncAPI 3.0', () => toAsyncApi(publicUrl)),
  )
  return documents
}

function documentRoute(name: string, title: string, make: () => object): Route {
  let made: object | undefined
  return {
    method: 'GET',
    path: `/api/v1/${name}.json`,
    isOpen: true,
    doc: { summary: `The ${title} document`, tag: 'documents', answers: { 200: Document } },
    async run() {
      made ??= make()
      return { status: 200, body: made }
    },
  }
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  })
  return json
}

/** The OpenAPI 3.1 document of these routes. */
export function toOpenApi(routes: Route[], publicUrl: string) {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: toOperation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Peyk',
      version: VERSION,
      description: 'Every path answers with and without its trailing slash.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      responses: { Refused: toResponse(400, z.union(Object.values(COMMON_ANSWERS))) },
      securitySchemes: {
        person: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'HTTP_ACCESS' },
        key: { type: 'http', scheme: 'bearer', description: 'An API key' },
      },
    },
  }
}

function toOperation(route: Route) {
  const { doc, path } = route
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...Object.entries(doc.query ?? {}).map(([name, description]) => ({
      name,
      in: 'query',
      description,
      schema: { type: 'string' },
    })),
  ]
  const unauthenticated = { 401: COMMON_ANSWERS[401] ?? null }
  const answers = route.isOpen ? doc.answers : { ...doc.answers, ...unauthenticated }
  return {
    summary: doc.summary,
    tags: [doc.tag],
    security: securityOf(route),
    ...(parameters.length > 0 && { parameters }),
    ...(doc.body && {
      requestBody: { content: { 'application/json': { schema: schemaOf(doc.body, 'input') } } },
    }),
    ...(route.takesFile && {
      requestBody: {
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [
          status,
          toResponse(Number(status), schema, doc.contentType),
        ]),
      ),
      default: { $ref: '#/components/responses/Refused' },
    },
  }
}

const securityOf = (route: Route) => {
  if (route.isOpen) return []
  return [{ person: [] }, { cookie: [] }, ...(route.scopes.length > 0 ? [{ key: route.scopes }] : [])]
}

const toResponse = (status: number, schema: z.ZodType | null, contentType = 'application/json') => ({
  description: status < 300 ? 'Done' : 'Refused',
  ...(schema && {
    content: { [status < 300 ? contentType : 'application/json']: { schema: schemaOf(schema, 'output') } },
  }),
})

/** The AsyncAPI 3.0 document of the raw sockets. */
export function toAsyncApi(publicUrl: string) {
  const { host, protocol } = new URL(publicUrl)
  return {
    asyncapi: '3.0.0',
    info: { title: 'Peyk', version: VERSION, description: 'The raw sockets. The token stands in the query.' },
    servers: { here: { host, protocol: protocol === 'https:' ? 'wss' : 'ws' } },
    channels: Object.fromEntries(ALL_SOCKETS.map((socket) => [nameOf(socket), toChannel(socket)])),
    operations: Object.assign({}, ...ALL_SOCKETS.map(toOperations)),
  }
}

const nameOf = ({ path }: SocketDoc) => path.split('/')[2] ?? path

type Side = 'client' | 'server'

/** A type that both sides say is two messages: `name` is what stands in the frame. */
const messagesOf = (socket: SocketDoc, side: Side) =>
  Object.entries(socket[side]).map(([name, { summary, schema }]) => {
    const key = name in socket.client && name in socket.server ? `${name}.${side}` : name
    return [
      key,
      { name, summary, payload: schemaOf(schema, side === 'client' ? 'input' : 'output') },
    ] as const
  })

function toChannel(socket: SocketDoc) {
  const { path, summary } = socket
  return {
    address: path,
    summary,
    messages: Object.fromEntries([...messagesOf(socket, 'client'), ...messagesOf(socket, 'server')]),
    bindings: {
      ws: {
        query: { type: 'object', properties: { token: { type: 'string' } }, required: ['token'] },
      },
    },
    ...(path.includes('{') && { parameters: { conversation_id: { description: 'Id of the conversation' } } }),
  }
}

function toOperations(socket: SocketDoc) {
  const channel = `#/channels/${nameOf(socket)}`
  const operation = (action: string, side: Side) => ({
    action,
    channel: { $ref: channel },
    messages: messagesOf(socket, side).map(([key]) => ({ $ref: `${channel}/messages/${key}` })),
  })
  return {
    [`${nameOf(socket)}Receives`]: operation('receive', 'client'),
    [`${nameOf(socket)}Sends`]: operation('send', 'server'),
  }
}
