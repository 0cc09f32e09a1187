import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { type Receiver as AnyReceiver, openReceiver } from '../receiver.testing.ts'
import type { Customer, MessageTold, NewMessage, Thread } from './control-types.ts'
import { type EmulatorOptions, type InstagramEmulator, startInstagramEmulator } from './start.ts'

export const VERIFY_TOKEN = 'the-verify-token'
const ALL_FIELDS = [
  'messages',
  'messaging_postbacks',
  'messaging_seen',
  'message_reactions',
  'message_edit',
  'messaging_referral',
]

/** An item of `messaging`, as loosely as a receiver has to take it. */
export type Item = Record<string, unknown> & {
  sender?: { id: string }
  recipient?: { id: string }
  timestamp?: number
  message?: Record<string, unknown> & { mid?: string; text?: string; is_echo?: boolean }
}
export type Entry = { id: string; time: number; messaging?: Item[]; changes?: object[]; standby?: Item[] }
export type Delivery = { raw: string; body: { object: string; entry: Entry[] }; headers: IncomingHttpHeaders }
export type Receiver = AnyReceiver<Delivery> & {
  /** What it says to the handshake, in place of the challenge. */
  challengeAnswer: { status: number; body: string } | null
}

/** A callback of the test's own. */
export async function startReceiver(react: Receiver['react'] = () => 200): Promise<Receiver> {
  const read = (raw: string, { headers }: IncomingMessage) => ({ raw, body: JSON.parse(raw), headers })
  const onGet = (request: IncomingMessage, response: ServerResponse) =>
    answerHandshake(receiver, request.url ?? '', response)
  const opened = await openReceiver<Delivery>({ react, read, onGet })
  const receiver: Receiver = Object.assign(opened, { challengeAnswer: null })
  return receiver
}

/** An emulator whose seconds last a millisecond in retries, with an account and the customers Kim and Sara. */
export async function startCast(options: EmulatorOptions = {}) {
  const retry = { baseMs: 1, capMs: 60, ...options.retry }
  const emulator = await startInstagramEmulator({ ...options, retry })
  const shop = emulator.createAccount({ username: 'shop', name: 'Shop' })
  const people = {
    kim: emulator.createCustomer({ username: 'kim', name: 'Kim' }),
    sara: emulator.createCustomer({ username: 'sara', name: 'سارا' }),
  }
  const open = (customer: Customer): Thread =>
    emulator.openThread({ accountId: shop.id, customerId: customer.id })
  const [kim, sara] = [open(people.kim), open(people.sara)]
  const write = (who: Thread, said: string | Partial<NewMessage>): MessageTold =>
    emulator.write({ ...refOf(who), ...(typeof said === 'string' ? { text: said } : said) })
  return {
    emulator,
    shop,
    people,
    kim,
    sara,
    write,
    graph: (path: string, asked: Asked = {}) => askGraph(emulator, path, { token: shop.token, ...asked }),
    send: (who: Thread, text: string, more: object = {}) =>
      askGraph(emulator, `/v23.0/${shop.id}/messages`, {
        token: shop.token,
        body: { recipient: { id: who.igsid }, message: { text }, ...more },
      }),
    [Symbol.asyncDispose]: () => emulator.close(),
  }
}

/** The cast with a callback that is told everything. */
export async function startHeard(options: EmulatorOptions = {}, react: Receiver['react'] = () => 200) {
  const receiver = await startReceiver(react)
  const cast = await startCast(options)
  await cast.emulator.setCallback({ url: receiver.url, verifyToken: VERIFY_TOKEN })
  await subscribe(cast.emulator, cast.shop.token)
  return {
    ...cast,
    receiver,
    async [Symbol.asyncDispose]() {
      await cast.emulator.close()
      await receiver.close()
    },
  }
}

export function subscribe(emulator: InstagramEmulator, token: string, fields = ALL_FIELDS) {
  const path = `/v23.0/me/subscribed_apps?subscribed_fields=${fields.join(',')}`
  return askGraph(emulator, path, { token, verb: 'POST' })
}

type Asked = { verb?: string; token?: string | null; body?: object }
export type GraphAnswer = {
  status: number
  headers: Headers
  body: Record<string, unknown> & { error?: Record<string, unknown> }
}

export async function askGraph(
  { url }: Pick<InstagramEmulator, 'url'>,
  path: string,
  { body, verb = body ? 'POST' : 'GET', token = null }: Asked = {},
): Promise<GraphAnswer> {
  const response = await fetch(`${url}${path}`, {
    method: verb,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** Asks the control API over HTTP. */
export async function askControl(
  emulator: InstagramEmulator,
  path: string,
  { verb, body, key = emulator.controlKey }: { verb?: string; body?: unknown; key?: string | null } = {},
) {
  const response = await fetch(`${emulator.url}/control${path}`, {
    method: verb ?? (body === undefined ? 'GET' : 'POST'),
    headers: key === null ? {} : { 'x-emulator-key': key },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

export function refOf({ accountId, igsid }: Thread): { accountId: string; igsid: string } {
  return { accountId, igsid }
}

/** Every item that was delivered, in its order. */
export function itemsOf({ deliveries }: Pick<Receiver, 'deliveries'>): Item[] {
  return deliveries.flatMap(({ body }) => body.entry.flatMap(({ messaging = [] }) => messaging))
}

export function textsOf(receiver: Pick<Receiver, 'deliveries'>): Array<string | undefined> {
  return itemsOf(receiver).map(({ message }) => message?.text)
}

export function signatureOf(raw: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`
}

function answerHandshake(receiver: Receiver, path: string, response: ServerResponse): void {
  const query = new URL(path, receiver.url).searchParams
  const isKnown = query.get('hub.mode') === 'subscribe' && query.get('hub.verify_token') === VERIFY_TOKEN
  const right = { status: isKnown ? 200 : 403, body: isKnown ? (query.get('hub.challenge') ?? '') : '' }
  const { status, body } = receiver.challengeAnswer ?? right
  response.writeHead(status, { 'content-type': 'text/plain' }).end(body)
}
