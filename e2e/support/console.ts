import { createTRPCUntypedClient, createWSClient, wsLink } from '@trpc/client'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { type Conversation, ConversationPage } from '../../src/server/contract/conversation.ts'
import { type LiveEvent, LiveItem, Signal } from '../../src/server/contract/event.ts'
import { Position } from '../../src/server/contract/ids.ts'
import { Message, MessagePage } from '../../src/server/contract/message.ts'
import { type Answer, call } from './rest.ts'

type Login = { login: string; password: string }

/** Signs in as the console's page does; the cookie is good at every node of the installation. */
export async function signIn(host: string, { login, password }: Login): Promise<string> {
  const csrf = await call(host, '/api/auth/csrf')
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(csrf.json)
  const body = new URLSearchParams({ login, password, csrfToken, json: 'true' }).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    origin: `http://${host}`,
    cookie: cookiesOf(csrf),
  }
  const answer = await call(host, '/api/auth/callback/credentials', { method: 'POST', body, headers })
  const cookie = cookiesOf(answer)
  if (!cookie.includes('session-token='))
    throw new Error(`Signing in answered ${answer.status}: ${answer.text}`)
  return cookie
}

const cookiesOf = ({ headers }: Answer): string =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';', 1)[0] ?? '')
    .join('; ')

const Result = z.object({ result: z.object({ data: z.unknown() }) })

/** The console of somebody who has signed in. */
export class Console {
  constructor(
    readonly host: string,
    readonly cookie: string,
  ) {}

  static async open(host: string, person: Login): Promise<Console> {
    return new Console(host, await signIn(host, person))
  }

  /** The same person at another node. */
  at(host: string): Console {
    return new Console(host, this.cookie)
  }

  get headers(): Record<string, string> {
    return { cookie: this.cookie, origin: `http://${this.host}` }
  }

  ask(procedure: string, input: unknown): Promise<Answer> {
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    return call(this.host, `/trpc/${procedure}${query}`, { headers: this.headers })
  }

  tell(procedure: string, input: unknown): Promise<Answer> {
    return call(this.host, `/trpc/${procedure}`, { method: 'POST', body: input, headers: this.headers })
  }

  async conversations(): Promise<ConversationPage> {
    return dataOf(await this.ask('conversations.list', { view: 'all', limit: 100 }), ConversationPage)
  }

  /** The conversation with this chat at the platform. */
  async conversationWith(chatId: number): Promise<Conversation> {
    const { conversations } = await this.conversations()
    const found = conversations.find(({ customer }) => customer.sourceId === String(chatId))
    if (!found) throw new Error(`There is no conversation with ${chatId}.`)
    return found
  }

  /** The whole thread, page by page from its beginning. */
  async thread(conversationId: string): Promise<Message[]> {
    const all: Message[] = []
    for (;;) {
      const input = { conversationId, after: all.at(-1)?.seq ?? 0, limit: 100 }
      const { messages } = dataOf(await this.ask('messages.list', input), MessagePage)
      all.push(...messages)
      if (messages.length < 100) return all
    }
  }

  async send(conversationId: string, content: string, clientId: string): Promise<Message> {
    return dataOf(await this.tell('messages.send', { conversationId, content, clientId }), Message)
  }
}

export function dataOf<T>(answer: Answer, shape: z.ZodType<T>): T {
  if (answer.status !== 200) throw new Error(`tRPC answered ${answer.status}: ${answer.text}`)
  return shape.parse(Result.parse(answer.json).result.data)
}

const Tracked = z.object({ id: Position, data: LiveItem })

/** The console's live connection, with the library that the console uses: it comes back by itself, after its position. */
export class LiveReader {
  readonly events: LiveEvent[] = []
  readonly positions: Position[] = []
  readonly resets: string[] = []
  readonly signals: Signal[] = []
  readonly errors: unknown[] = []
  readonly closeCodes: number[] = []
  private readonly sockets: WebSocket[] = []
  private readonly client

  /** `console` is asked anew at every connection, so that it may name another node. */
  constructor(private readonly console: () => Console) {
    const reader = this
    // What the browser adds to an upgrade by itself.
    class ConsoleWebSocket extends WebSocket {
      constructor(address: string | URL) {
        super(address, { headers: reader.console().headers })
        this.on('error', () => {})
        this.on('close', (code) => reader.closeCodes.push(code))
        reader.sockets.push(this)
      }
    }
    this.client = createWSClient({
      url: () => `ws://${this.console().host}/trpc`,
      WebSocket: ConsoleWebSocket as never,
      retryDelayMs: () => 50,
    })
  }

  get opened(): number {
    return this.sockets.length
  }

  follow(position: Position): this {
    this.untyped().subscription(
      'live.events',
      { position },
      {
        onData: (value) => this.take(value),
        onError: (error) => this.errors.push(error),
      },
    )
    return this
  }

  followSignals(): this {
    this.untyped().subscription('live.signals', undefined, {
      onData: (value) => this.signals.push(Signal.parse(value)),
      onError: (error) => this.errors.push(error),
    })
    return this
  }

  /** A mutation that belongs to this very connection. */
  tell(procedure: string, input: unknown): Promise<unknown> {
    return this.untyped().mutation(procedure, input)
  }

  /** Cuts the connection as a dead route does: without a word. */
  cut() {
    this.sockets.at(-1)?.terminate()
  }

  /** The messages that events brought, each as often as it came. */
  messages(conversationId?: string): Message[] {
    return this.events.flatMap((event) =>
      event.type === 'message.sent' && (!conversationId || event.message.conversationId === conversationId)
        ? [event.message]
        : [],
    )
  }

  async close() {
    await this.client.close()
    for (const socket of this.sockets) socket.terminate()
  }

  private take(value: unknown) {
    const { id, data } = Tracked.parse(value)
    this.positions.push(id)
    if (data.kind === 'reset') this.resets.push(data.reason)
    else this.events.push(data.event)
  }

  private untyped() {
    return createTRPCUntypedClient({ links: [wsLink({ client: this.client })] })
  }
}
