import { randomBytes } from 'node:crypto'
import { test as base, expect } from '@playwright/test'
import { z } from 'zod'
import { query } from './database.ts'
import { embeddedUrl } from './folder.ts'
import type { Settings } from './node.ts'
import { chatPath, listPath, RawSocket } from './raw-socket.ts'
import { type Answer, type Call, call, type Person, register } from './rest.ts'
import { Shop } from './shop.ts'
import { Bot, type FakeTelegram } from './telegram.ts'

const MESSAGE = '/api/v1/message'

const Own = z.array(
  z.looseObject({
    id: z.string(),
    customer: z.looseObject({ id: z.number(), source_id: z.string().nullable() }),
  }),
)

/** Settings under which no bound on what one person may do is met. */
export const UNBOUNDED: Settings = {
  ENABLE_RATE_LIMITING: 'false',
  ENABLE_DELIVERY_PACE: 'false',
  ENABLE_SPAM_DETECTION: 'false',
  MAX_CONNECTIONS_PER_USER: '10000',
  MAX_UNAUTHENTICATED_PER_ADDRESS: '10000',
  MAX_FAILED_AUTH_ATTEMPTS: '1000000',
}

/** Playwright's `test`, with a server of each worker's own: the files that run in it keep apart as tenants do. */
export const test = base.extend<object, { shop: Shop }>({
  shop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const shop = await Shop.open(newBotId(), UNBOUNDED)
      await use(shop)
      await shop.close()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
})

let lastBotId = 7_700_000
/** The id of a bot that is connected nowhere yet. */
export const newBotId = () => ++lastBotId

const Found = z.object({ results: z.array(z.looseObject({ id: z.number() })) })

/** Whom the contract's cases are about: A and what A owns, and B, who has nothing to do with A. */
export class Cast {
  private constructor(
    readonly shop: Shop,
    readonly a: Person,
    readonly b: Person,
    /** A's bot. */
    readonly bot: Bot,
    /** John's chat with it. */
    readonly john: number,
    /** A's conversation with John, on Telegram. */
    readonly c1: string,
    /** A's conversation on Instagram. */
    readonly c2: string,
    /** A's conversation of no known source. */
    readonly c0: string,
    /** B's conversation. */
    readonly c9: string,
  ) {}

  static async open(shop: Shop): Promise<Cast> {
    const { host } = shop
    const [a, b] = [await register(host, 'sara'), await register(host, 'b')]
    const john = newBotId()
    const bot = await Bot.connect(host, a, john)
    const sender = { first_name: 'John', last_name: 'Doe', username: 'john' }
    await bot.write(host, john, 'Is anybody there?', sender)
    const theirs = await Bot.connect(host, b, newBotId())
    await theirs.write(host, 509, 'For B', { first_name: 'Nina' })
    const c1 = await conversationWith(host, a, john)
    const c9 = await conversationWith(host, b, 509)
    const c2 = await insertConversation(shop, a, 'instagram', 'Ines')
    const c0 = await insertConversation(shop, a, 'unknown', 'Noone')
    return new Cast(shop, a, b, bot, john, c1, c2, c0, c9)
  }

  get telegram(): FakeTelegram {
    return this.shop.telegram
  }

  get host(): string {
    return this.shop.host
  }

  /** One request below `/api/v1`, as A unless somebody else is named. */
  rest(path: string, given: Call & { as?: Person } = {}): Promise<Answer> {
    const { as = this.a, ...rest } = given
    return call(this.host, `/api/v1${path}`, { token: as.access, ...rest })
  }

  /** A new conversation of A's with a customer of its own. */
  async converse(chatId: number, text = 'Hello', sender: object = {}): Promise<string> {
    await this.bot.write(this.host, chatId, text, sender)
    return conversationWith(this.host, this.a, chatId)
  }

  chat(conversationId = this.c1, person = this.a): Promise<RawSocket> {
    return RawSocket.open(this.host, chatPath(conversationId, person.access))
  }

  list(person = this.a, query = ''): Promise<RawSocket> {
    return RawSocket.open(this.host, `${listPath(person.access)}${query}`)
  }

  customers(person = this.a, query = ''): Promise<RawSocket> {
    return RawSocket.open(this.host, `/ws/customers/?token=${encodeURIComponent(person.access)}${query}`)
  }

  send(conversationId: string, content: string, more: object = {}): Promise<Answer> {
    return this.rest(`/message/conversation/${conversationId}/send-message/`, { body: { content, ...more } })
  }

  setStatus(conversationId: string, status: unknown): Promise<Answer> {
    const path = `/message/conversation/${conversationId}/status/`
    return this.rest(path, { method: 'PATCH', body: { status } })
  }

  query(sql: string): Promise<Record<string, unknown>[]> {
    return query(embeddedUrl(this.shop.dataDir), sql)
  }

  /** Continues a conversation by the customer's lines of these numbers, faster than the customer could. */
  async writeLines(conversationId: string, from: number, to: number): Promise<void> {
    await this.query(
      `INSERT INTO message (id, workspace_id, conversation_id, seq, type, content, sender)
       SELECT substr(md5(c.id || n), 1, 10), c.workspace_id, c.id, n, 'customer', 'Line ' || n, 'customer:' || c.customer_id
       FROM conversation c, generate_series(${from}, ${to}) n WHERE c.id = '${conversationId}'`,
    )
    await this.query(
      `UPDATE conversation SET last_seq = ${to}, unread_count = ${to} WHERE id = '${conversationId}'`,
    )
  }

  /** The id of the customer of this first name. */
  async customer(name: string, as = this.a): Promise<number> {
    const answer = await this.rest(`/message/customers?search=${name}`, { as })
    return Found.parse(answer.json).results[0]?.id ?? 0
  }
}

/** The person's conversation with this chat. */
export async function conversationWith(host: string, person: Person, chatId: number): Promise<string> {
  const found = async () => {
    const answer = await call(host, `${MESSAGE}/user-conversation`, { token: person.access })
    return Own.parse(answer.json).find(({ customer }) => customer.source_id === String(chatId))
  }
  await expect.poll(found).toBeTruthy()
  return (await found())?.id ?? ''
}

/** No interface makes a conversation of these sources. */
async function insertConversation(shop: Shop, { id }: Person, source: string, name: string): Promise<string> {
  const conversationId = `C${randomBytes(4).toString('hex')}`
  await query(
    embeddedUrl(shop.dataDir),
    `WITH w AS (SELECT workspace_id FROM membership WHERE user_id = ${id}),
          k AS (INSERT INTO customer (workspace_id, source, source_id, first_name)
                SELECT workspace_id, '${source}', '${conversationId}', '${name}' FROM w RETURNING id, workspace_id)
     INSERT INTO conversation (id, workspace_id, customer_id, title, status, source)
     SELECT '${conversationId}', workspace_id, id, '${source} - ${name}', 'support_active', '${source}' FROM k`,
  )
  return conversationId
}

/** Closed with 1008 and a reason, without a frame before. */
export async function expectRefused(host: string, path: string): Promise<string> {
  const socket = new RawSocket(host, path)
  await socket.until(() => socket.closed !== null)
  expect(socket.closed?.code, path).toBe(1008)
  expect(socket.closed?.reason, path).not.toBe('')
  expect(socket.frames, path).toEqual([])
  return socket.closed?.reason ?? ''
}

/** What `new Date(x)` understands, in the one spelling of all our instants. */
export const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
