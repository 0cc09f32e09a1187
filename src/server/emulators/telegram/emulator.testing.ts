import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Update } from '@grammyjs/types'
import { vi } from 'vitest'
import type { CreatedBot } from './control-types.ts'
import { readBody } from './http/read-body.ts'
import { type EmulatorOptions, startTelegramEmulator, type TelegramEmulator } from './start.ts'

export type Delivery = { update: Update; headers: IncomingHttpHeaders }
type Reply = { status: number; headers?: Record<string, string>; body?: string }
/** What the receiver does with a delivery: a status or reply, no answer at all, or a cut. */
export type Reaction = number | Reply | 'hang' | 'cut'

export type Receiver = {
  url: string
  deliveries: Delivery[]
  /** How many deliveries were being answered at the same time, at most. */
  mostAtOnce: number
  react: (delivery: Delivery) => Reaction | Promise<Reaction>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A webhook of the test's own. */
export async function startReceiver(react: Receiver['react'] = () => 200): Promise<Receiver> {
  let underWay = 0
  const server = createServer(async (request, response) => {
    underWay += 1
    receiver.mostAtOnce = Math.max(receiver.mostAtOnce, underWay)
    const update: Update = JSON.parse((await readBody(request, 1_000_000)).toString('utf8'))
    const delivery = { update, headers: request.headers }
    receiver.deliveries.push(delivery)
    const reaction = await receiver.react(delivery)
    underWay -= 1
    answer(response, reaction)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => closeServer(server)
  const url = `http://127.0.0.1:${port}/hook`
  const receiver: Receiver = {
    url,
    deliveries: [],
    mostAtOnce: 0,
    react,
    close,
    [Symbol.asyncDispose]: close,
  }
  return receiver
}

/** An emulator whose seconds last a millisecond in retries, with a bot and the customers Kim and Sara. */
export async function startCast(options: EmulatorOptions = {}) {
  const retry = { baseMs: 1, capMs: 60, ...options.retry }
  const emulator = await startTelegramEmulator({ ...options, retry })
  const bot = emulator.createBot({ name: 'Shop', username: 'shop_bot' })
  const kim = emulator.createUser({ first_name: 'Kim', username: 'kim', language_code: 'en' })
  const sara = emulator.createUser({ first_name: 'سارا', last_name: 'احمدی', language_code: 'fa' })
  emulator.openChat({ botId: bot.id, userId: kim.id })
  emulator.openChat({ botId: bot.id, userId: sara.id })
  const write = (who: { id: number }, text: string) =>
    emulator.writeText({ botId: bot.id, chatId: who.id, text })
  return {
    emulator,
    bot,
    kim,
    sara,
    write,
    call: (method: string, params: object = {}) => callBot(emulator, bot, { method, params }),
    upload: (method: string, params: Record<string, unknown>, files: Uploads) =>
      uploadToBot(emulator, bot, { method, params, files }),
    [Symbol.asyncDispose]: () => emulator.close(),
  }
}

export type BotAnswer = {
  status: number
  headers: Headers
  ok: boolean
  result: unknown
  description: string
  parameters?: { retry_after?: number }
}

export async function callBot(
  { url }: Pick<TelegramEmulator, 'url'>,
  { token }: Pick<CreatedBot, 'token'>,
  { method, params }: { method: string; params: object },
): Promise<BotAnswer> {
  const response = await fetch(`${url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return { status: response.status, headers: response.headers, ...(await response.json()) }
}

/** Files for a multipart form, by their field. */
export type Uploads = Record<string, { name: string; bytes: Uint8Array<ArrayBuffer>; mime?: string }>

export async function uploadToBot(
  { url }: Pick<TelegramEmulator, 'url'>,
  { token }: Pick<CreatedBot, 'token'>,
  { method, params, files }: { method: string; params: Record<string, unknown>; files: Uploads },
): Promise<BotAnswer> {
  const body = new FormData()
  for (const [name, value] of Object.entries(params)) {
    body.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  for (const [field, { name, bytes, mime }] of Object.entries(files)) {
    body.append(field, new Blob([bytes], { type: mime }), name)
  }
  const response = await fetch(`${url}/bot${token}/${method}`, { method: 'POST', body })
  return { status: response.status, headers: response.headers, ...(await response.json()) }
}

/** Waits until the assertion holds. */
export function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { interval: 1, timeout: 4_000 })
}

export function textOf({ update }: Delivery): string {
  return update.message?.text ?? update.edited_message?.text ?? ''
}

function answer(response: ServerResponse, reaction: Reaction): void {
  if (reaction === 'hang') return
  if (reaction === 'cut') {
    response.destroy()
    return
  }
  const { status, headers = {}, body = '' } = typeof reaction === 'number' ? { status: reaction } : reaction
  response.writeHead(status, headers).end(body)
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
