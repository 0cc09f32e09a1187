import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { call, type Person } from './rest.ts'

export interface SentText {
  chatId: string
  text: string
}

/** A Bot API that accepts every bot and every message, and remembers what it was told. */
export class FakeTelegram {
  readonly sent: SentText[] = []
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
    const body = { ok: true, result: this.resultOf(method ?? '', Number(botId), params) }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  private resultOf(method: string, botId: number, params: Record<string, unknown>): unknown {
    if (method === 'getMe') return { id: botId, is_bot: true, first_name: 'Shop', username: botName(botId) }
    if (method !== 'sendMessage') return true
    const chatId = String(params.chat_id)
    this.sent.push({ chatId, text: String(params.text) })
    const date = Math.floor(Date.now() / 1000)
    return { message_id: this.nextMessageId++, date, chat: { id: Number(chatId), type: 'private' } }
  }
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
  updateOf(chatId: number, text: string) {
    const id = this.nextUpdateId++
    const from = {
      id: chatId,
      is_bot: false,
      first_name: 'Kim',
      last_name: `No ${chatId}`,
      username: `kim${chatId}`,
    }
    const chat = { id: chatId, type: 'private', first_name: 'Kim' }
    return { update_id: id, message: { message_id: id, date: 1_700_000_000, from, chat, text } }
  }

  post(host: string, update: unknown) {
    return call(host, this.path, { method: 'POST', body: update, headers: this.headers })
  }

  /** A customer writes, and Telegram is told that the message is safe. */
  async write(host: string, chatId: number, text: string): Promise<void> {
    const answer = await this.post(host, this.updateOf(chatId, text))
    if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status}: ${answer.text}`)
  }
}
