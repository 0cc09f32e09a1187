import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { call, type Person } from './rest.ts'

export interface SentText {
  chatId: string
  text: string
}

/** How what is sent to one chat is answered; what is not named is as it always is. */
export interface Manner {
  status?: number
  /** Refuses, in these words. */
  description?: string
  /** Answers no sooner. */
  after?: Promise<unknown>
  /** Cuts the connection instead of answering. */
  isCut?: boolean
}

/** A Bot API that accepts every bot and, where it is not told otherwise, every message, and remembers what it was told. */
export class FakeTelegram {
  readonly sent: SentText[] = []
  /** Every call, as `METHOD path`. */
  readonly calls: string[] = []
  /** By chat. */
  readonly manners = new Map<number, Manner>()
  private readonly webhooks = new Map<number, string>()
  // A chat counts what both sides write in one row: the bot's ids must not be those of its customers.
  private nextMessageId = 1_000_000
  private readonly server = createServer((request, response) => void this.answer(request, response))

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  close() {
    this.server.closeAllConnections()
    this.server.close()
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const [, botId, method] = /^\/bot(\d+):[\w-]+\/(\w+)$/.exec(request.url ?? '') ?? []
    const params = await readJson(request)
    this.calls.push(`${request.method} ${request.url}`)
    const body = { ok: true, result: this.resultOf(method ?? '', Number(botId), params) }
    const manner = method === 'sendMessage' ? this.manners.get(Number(params.chat_id)) : undefined
    await manner?.after
    if (manner?.isCut) return response.destroy()
    const { status = 200, description } = manner ?? {}
    const told = description === undefined ? body : { ok: false, error_code: status, description }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told))
  }

  callsOf(bot: Bot): string[] {
    return this.calls.filter((call) => call.includes(`/bot${bot.token}/`))
  }

  /** What one chat was sent, in order. */
  textsTo(chatId: number): string[] {
    return this.sent.filter((one) => one.chatId === String(chatId)).map(({ text }) => text)
  }

  private resultOf(method: string, botId: number, params: Record<string, unknown>): unknown {
    if (method === 'getMe') return { id: botId, is_bot: true, first_name: 'Shop', username: botName(botId) }
    if (method === 'getWebhookInfo')
      return { url: this.webhooks.get(botId) ?? '', has_custom_certificate: false, pending_update_count: 0 }
    if (method === 'setWebhook') this.webhooks.set(botId, String(params.url))
    if (method === 'deleteWebhook') this.webhooks.delete(botId)
    if (method !== 'sendMessage') return true
    const chatId = String(params.chat_id)
    this.sent.push({ chatId, text: writtenOf(params) })
    const date = Math.floor(Date.now() / 1000)
    return { message_id: this.nextMessageId++, date, chat: { id: Number(chatId), type: 'private' } }
  }
}

/** What was written: where it comes with markup, the signs that are none of it are escaped. */
function writtenOf({ text, parse_mode }: Record<string, unknown>): string {
  if (parse_mode !== 'HTML') return String(text)
  return String(text)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text === '' ? {} : JSON.parse(text)
}

const botName = (botId: number) => `shop_${botId}_bot`

const Connected = z.object({ id: z.number(), bot_username: z.string(), webhook_secret: z.string() })

/** A bot that is connected to somebody's workspace, and the customers who write to it. */
export class Bot {
  private nextUpdateId = 1

  private constructor(
    readonly channelId: number,
    readonly username: string,
    readonly secret: string,
    readonly token: string,
  ) {}

  static async connect(host: string, owner: Person, botId: number): Promise<Bot> {
    const token = `${botId}:AAE-the-secret-of-bot-${botId}-xyz`
    const body = { source: 'telegram', bot_token: token }
    const answer = await call(host, '/api/v1/channels/', { token: owner.access, body })
    if (answer.status !== 201) throw new Error(`Connecting answered ${answer.status}: ${answer.text}`)
    const { id, bot_username, webhook_secret } = Connected.parse(answer.json)
    return new Bot(id, bot_username, webhook_secret, token)
  }

  get path(): string {
    return `/api/v1/message/webhook/${this.username}/`
  }

  get headers(): Record<string, string> {
    return { 'x-telegram-bot-api-secret-token': this.secret }
  }

  /** The update that Telegram would send for a text; each call is a new message. */
  updateOf(chatId: number, text: string, sender: object = {}) {
    const id = this.nextUpdateId++
    const from = {
      id: chatId,
      is_bot: false,
      first_name: 'Kim',
      last_name: `No ${chatId}`,
      username: `kim${chatId}`,
      ...sender,
    }
    const chat = { id: chatId, type: 'private', first_name: 'Kim' }
    return { update_id: id, message: { message_id: id, date: 1_700_000_000, from, chat, text } }
  }

  post(host: string, update: unknown) {
    return call(host, this.path, { method: 'POST', body: update, headers: this.headers })
  }

  /** A customer writes, and Telegram is told that the message is safe. */
  async write(host: string, chatId: number, text: string, sender: object = {}): Promise<void> {
    const answer = await this.post(host, this.updateOf(chatId, text, sender))
    if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status}: ${answer.text}`)
  }
}
