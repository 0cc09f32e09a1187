import type { IncomingHttpHeaders } from 'node:http'
import type { Update } from '@grammyjs/types'
import { type Receiver as AnyReceiver, openReceiver } from '../receiver.testing.ts'
import type { CreatedBot } from './control-types.ts'
import { type EmulatorOptions, startTelegramEmulator, type TelegramEmulator } from './start.ts'

export type Delivery = { update: Update; headers: IncomingHttpHeaders }
export type Receiver = AnyReceiver<Delivery>

/** A webhook of the test's own. */
export function startReceiver(react: Receiver['react'] = () => 200): Promise<Receiver> {
  return openReceiver({
    react,
    read: (raw, { headers }) => ({ update: JSON.parse(raw) as Update, headers }),
  })
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

async function uploadToBot(
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

export function textOf({ update }: Delivery): string {
  return update.message?.text ?? update.edited_message?.text ?? ''
}
