import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StoredChannel } from '../../core/ports/channels.ts'
import { createInstagram, type InstagramApp } from './platform.ts'

export const TOKEN = 'IGAAtokenOfNobody'
export const ACCOUNT = '17841405309211844'

export const APP = {
  appSecret: 'a secret of the application',
  verifyToken: 'the word we agreed on',
} satisfies InstagramApp

/** Nothing here is fetched. */
const fetchMedia = {
  open: async () => {
    throw new Error('Nothing is to be fetched')
  },
}

export const instagramAt = (graphRoot: string, app: InstagramApp = APP) =>
  createInstagram({ graphRoot, version: 'v23.0', fetchMedia, app })

interface Asked {
  method: string
  url: string
  authorization: string | undefined
  body: unknown
}

/** A server that answers exactly as it is told, and keeps what it was asked. */
export async function startGraph() {
  const asked: Asked[] = []
  let answer = (res: ServerResponse): unknown => res.end('{}')
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const { authorization } = req.headers
    const body = text === '' ? null : JSON.parse(text)
    asked.push({ method: req.method ?? '', url: req.url ?? '', authorization, body })
    answer(res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const says = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    answer = (res) =>
      res.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  return {
    root,
    asked,
    says,
    does: (next: (res: ServerResponse) => unknown) => {
      answer = next
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

export const channelAt = (root: string): StoredChannel => ({
  id: 1,
  workspaceId: 1,
  source: 'instagram',
  name: 'Shop',
  username: 'shop',
  externalId: ACCOUNT,
  isConnect: true,
  stoppedReason: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  apiRoot: root,
  credentials: { token: TOKEN, webhookSecret: '' },
  settings: {},
  tokenExpiresAt: null,
  provedAt: null,
})
