import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from '@playwright/test'
import { type Answer, call, type Person } from './rest.ts'

export const WEBHOOK = '/api/v1/message/insta-webhook/'
export const APP_SECRET = 'the-secret-of-the-instagram-application'
export const VERIFY_TOKEN = 'the-word-that-meta-was-told'

interface Asked {
  method: string
  path: string
  authorization: string
  body: unknown
}

/** A Graph API that accepts every token and, where it is not told otherwise, every message, and remembers what it was told. */
export class FakeGraph {
  readonly asked: Asked[] = []
  /** By recipient: the error that a message to them is refused with. */
  readonly refusals = new Map<string, { status: number; error: object }>()
  private sent = 0
  private readonly server = createServer((request, response) => void this.answer(request, response))

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  get settings() {
    return {
      INSTAGRAM_GRAPH_ROOT: this.url,
      INSTAGRAM_APP_SECRET: APP_SECRET,
      INSTAGRAM_VERIFY_TOKEN: VERIFY_TOKEN,
    }
  }

  close() {
    this.server.closeAllConnections()
    this.server.close()
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const body: unknown = text === '' ? null : JSON.parse(text)
    const path = (request.url ?? '').split('?')[0] ?? ''
    const authorization = request.headers.authorization ?? ''
    this.asked.push({ method: request.method ?? '', path, authorization, body })
    const [status, told] = this.resultOf(path, authorization, body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told))
  }

  private resultOf(path: string, authorization: string, body: unknown): [number, object] {
    if (path.endsWith('/me')) {
      const id = /(\d+)$/.exec(authorization)?.[1] ?? ''
      return [200, { id: `9${id}`, user_id: id, username: `shop_${id}`, name: `Shop ${id}` }]
    }
    if (path.endsWith('/subscribed_apps')) return [200, { success: true }]
    if (!path.endsWith('/messages')) return [400, { error: { code: 100, message: 'Unsupported request' } }]
    const to = (body as { recipient: { id: string } }).recipient.id
    const refusal = this.refusals.get(to)
    if (refusal) return [refusal.status, { error: refusal.error }]
    return [200, { recipient_id: to, message_id: `mid.out.${++this.sent}` }]
  }
}

/** An Instagram account that somebody connected. */
export class Account {
  private constructor(
    readonly id: string,
    readonly token: string,
    readonly answer: Answer,
  ) {}

  static async connect(host: string, owner: Person, id: string): Promise<Account> {
    const token = `IGAAtokenOfTheShop${id}`
    const body = { source: 'instagram', access_token: token, instagram_user_id: id }
    const answer = await call(host, '/api/v1/channels/', { token: owner.access, body })
    expect(answer.status, JSON.stringify(answer.json)).toBe(201)
    return new Account(id, token, answer)
  }

  said(from: string, mid: string, text: string) {
    const sender = { id: from }
    const message = { mid, text }
    return { sender, recipient: { id: this.id }, timestamp: Date.now(), message }
  }

  bodyOf(...messaging: object[]): string {
    return JSON.stringify({ object: 'instagram', entry: [{ id: this.id, time: Date.now(), messaging }] })
  }
}

export const signatureOf = (body: string, secret = APP_SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** Posts as Instagram does, by default with the right signature. */
export const deliver = (
  host: string,
  body: string,
  headers: Record<string, string> = { 'x-hub-signature-256': signatureOf(body) },
): Promise<Answer> => call(host, WEBHOOK, { body, headers })
