import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { Console } from './console.ts'
import { TemporaryFolder } from './folder.ts'
import { APP_SECRET, FakeGraph, VERIFY_TOKEN } from './instagram.ts'
import { type PeykNode, type Settings, startNode } from './node.ts'
import { type Person, register } from './rest.ts'
import { Bot, FakeTelegram } from './telegram.ts'

/** One node on a folder of its own, without the demo: a workspace with an owner and a bot, and Telegram beside it. */
export class Shop {
  node: PeykNode

  private constructor(
    readonly folder: TemporaryFolder,
    readonly telegram: FakeTelegram,
    readonly graph: FakeGraph,
    private readonly settings: Settings,
    node: PeykNode,
    readonly owner: Person,
    readonly bot: Bot,
    private readonly cookie: string,
  ) {
    this.node = node
  }

  static async open(botId: number, more: Settings = {}): Promise<Shop> {
    const folder = new TemporaryFolder()
    const telegram = await new FakeTelegram().start()
    const graph = await new FakeGraph().start()
    const roots = { TELEGRAM_API_ROOT: telegram.url, ...graph.settings }
    const settings = { DATA_DIR: folder.at('data'), DEMO: 'false', ...roots, ...more }
    const node = await startNode(settings)
    const owner = await register(node.host, 'sara')
    const bot = await Bot.connect(node.host, owner, botId)
    const { cookie } = await Console.open(node.host, owner)
    return new Shop(folder, telegram, graph, settings, node, owner, bot, cookie)
  }

  get host(): string {
    return this.node.host
  }

  get dataDir(): string {
    return this.folder.at('data')
  }

  /** The owner's console at the node that runs now. */
  get console(): Console {
    return new Console(this.host, this.cookie)
  }

  /** Another node on the same folder; the one before it must have ended. */
  async startAgain(): Promise<void> {
    this.node = await startNode(this.settings)
  }

  /** A customer's first message, and the id of the conversation that it opened. */
  async conversation(chatId: number, text = 'Hello'): Promise<string> {
    await this.bot.write(this.host, chatId, text)
    await expect.poll(async () => (await this.console.conversationWith(chatId)).lastSeq).toBeGreaterThan(0)
    return (await this.console.conversationWith(chatId)).id
  }

  /** What nobody may read in a log: of the installation, of its people and of its bots. */
  get secrets(): string[] {
    const kept = z.record(z.string(), z.string()).parse(JSON.parse(this.read('secrets.json')))
    const { password, access, refresh } = this.owner
    const person = [password, access, refresh, this.cookie.split('=')[1] ?? '']
    return [
      ...Object.values(kept),
      this.read('postgres-password').trim(),
      this.bot.token,
      this.bot.secret,
      APP_SECRET,
      VERIFY_TOKEN,
      ...person,
    ]
  }

  async close(): Promise<void> {
    await this.node.stop()
    this.telegram.close()
    this.graph.close()
    this.folder.remove()
  }

  private read(name: string): string {
    return readFileSync(`${this.dataDir}/${name}`, 'utf8')
  }
}

/** Holds for everything that was ever written, debug lines included. */
export function expectNoSecrets(output: string, secrets: string[]) {
  for (const [index, secret] of secrets.entries()) {
    expect(secret.length, `secret ${index} is one`).toBeGreaterThan(7)
    expect(output.includes(secret), `secret ${index} is in the output`).toBe(false)
  }
}
