import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { conversationOf, john, messageOf } from '../../contract/legacy.testing.ts'
import type { Ctx } from '../../core/context.ts'
import { DomainError } from '../../core/errors.ts'
import type { AppendedMessage, ChangeDraft, MessageDraft, Ports } from '../../core/ports.ts'
import { createRest } from './rest.ts'

export const TOKEN = 'good'
export const PUBLIC_URL = 'https://desk.example'

/** The few ports that these routes reach, for one agent whose workspace holds `conversations`. */
function createFakePorts(conversationCount: number) {
  const sent: MessageDraft[] = []
  const logged: unknown[] = []
  const conversations = Array.from({ length: conversationCount }, (_, i) =>
    conversationOf({ id: `C${i + 1}` }),
  )
  const find = (ids: number[], id: string) =>
    ids.includes(1) ? (conversations.find((row) => row.id === id) ?? null) : null
  const user = { id: 5, email: 'anna@example.com', username: 'anna', firstName: 'Anna', lastName: 'Ray' }
  const ports = {
    tokens: {
      verify: async (token: string) =>
        token === TOKEN ? { userId: 5, jti: 'j', type: 'access' } : 'invalid',
      digest: (token: string) => `#${token}`,
    },
    accounts: {
      findTokens: async () => ({
        jti: 'j',
        sessionId: 's',
        userId: 5,
        accessHash: `#${TOKEN}`,
        accessExpiresAt: 1e15,
        rotated: false,
      }),
      owner: async () => ({
        session: { id: 's', userId: 5, expiresAt: 1e15 },
        user,
        workspaces: [{ id: 1, name: 'Shop', role: 'owner' }],
      }),
      revokeSession: async () => {},
    },
    conversations: {
      find: async (ids: number[], id: string) => {
        if (id === 'broken') throw new Error('connect postgres://user:hunter2@db')
        const row = find(ids, id)
        return row && { ...row, workspaceId: 1 }
      },
      page: async (_: number[], __: object, { offset, limit }: { offset: number; limit: number }) => ({
        asOf: null,
        rows: conversations.slice(offset, offset + limit),
        total: conversations.length,
      }),
    },
    journal: {
      appendMessage: async (draft: MessageDraft): Promise<AppendedMessage> => {
        const conversation = find(draft.workspaceIds, draft.conversationId)
        if (!conversation) throw new DomainError('not_found', 'Conversation not found')
        sent.push(draft)
        const { id, conversationId, type, content } = draft
        const message = messageOf({ id, conversationId, type, content, seq: sent.length })
        return { workspaceId: 1, conversation, event: null, message, repeated: false }
      },
      append: async (draft: ChangeDraft) => {
        const row = draft.kind === 'status' && find(draft.workspaceIds, draft.conversationId)
        if (!row || draft.kind !== 'status') throw new DomainError('not_found', 'Conversation not found')
        row.status = draft.status
        return { workspaceId: 1, conversation: row, event: null, customerId: john.id }
      },
    },
    feed: { publish: () => {} },
    bus: { publish: () => {} },
    clock: { now: () => 1e12 },
    ids: { short: () => 'abc', uuid: () => 'u', secret: () => 'x' },
    log: { info: () => {}, warn: () => {}, error: (fields: unknown) => logged.push(fields) },
    settings: { publicUrl: PUBLIC_URL, accessTtlMs: 1000, refreshTtlMs: 1000 },
  }
  return { ctx: withSystemActor(ports), sent, logged }
}

// Only the ports above are reached by the routes under test; a call of another one fails loudly.
const withSystemActor = (ports: object): Ctx => ({ ...(ports as Ports), actor: { kind: 'system' } })

export interface Given {
  method?: string
  body?: string | Buffer
  headers?: Record<string, string>
  token?: string | null
}

/** A REST server on a free port. */
export async function startRest({ conversations = 1 } = {}) {
  const { ctx, sent, logged } = createFakePorts(conversations)
  const rest = createRest({ base: ctx, awaitResult: async () => ({ success: true, message_id: 9 }) })
  const server = createServer((req, res) => void rest(req, res, new URL(req.url ?? '/', 'http://x')))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ask = (path: string, given: Given = {}) => askAt(port, path, given)
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { ask, port, sent, logged, close, [Symbol.asyncDispose]: close }
}

function askAt(port: number, path: string, { method = 'GET', body, headers, token = TOKEN }: Given) {
  const all = {
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  }
  return new Promise<{
    status: number
    headers: Record<string, unknown>
    text: string
    json: Record<string, unknown>
  }>((resolve, reject) => {
    const req = request(
      { host: '127.0.0.1', port, path: `/api/v1/${path}`, method, headers: all },
      async (res) => {
        let text = ''
        for await (const chunk of res) text += chunk
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          text,
          json: text === '' ? {} : JSON.parse(text),
        })
      },
    )
    req.on('error', reject)
    req.end(body)
  })
}
