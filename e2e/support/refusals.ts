import { expect } from '@playwright/test'
import { z } from 'zod'
import { Console } from './console.ts'
import { countRows } from './database.ts'
import { embeddedUrl } from './folder.ts'
import type { Settings } from './node.ts'
import { chatPath, RawSocket } from './raw-socket.ts'
import { type Answer, call, type Person, register } from './rest.ts'
import { expectNoSecrets, Shop } from './shop.ts'
import { Bot } from './telegram.ts'

/** Arrays in arrays. */
export const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** One code point more than the raw protocol takes. */
export const LONG = 'The quick brown fox. '.repeat(48).slice(0, 1001)

export const codeOf = ({ json }: Answer) => z.looseObject({ error_code: z.string() }).parse(json).error_code

/** A shop at which everything is done wrong, beside a client that does nothing wrong. */
export class Refusals {
  private constructor(
    readonly shop: Shop,
    readonly stranger: Person,
    /** A conversation of the shop's owner, and one of somebody else's workspace. */
    readonly own: string,
    readonly foreign: string,
    readonly healthy: RawSocket,
  ) {}

  static async open(botId: number, settings: Settings = {}): Promise<Refusals> {
    const shop = await Shop.open(botId, settings)
    const stranger = await register(shop.host, 'stranger')
    const own = await shop.conversation(601)
    const foreign = await openForeign(shop, stranger, botId + 1)
    const healthy = await RawSocket.open(shop.host, chatPath(own, shop.owner.access))
    return new Refusals(shop, stranger, own, foreign, healthy)
  }

  /** Whatever is done wrong, nothing is stored, who does it right goes on, and the process answers. */
  async changeNothing(work: () => Promise<void>) {
    const url = embeddedUrl(this.shop.dataDir)
    const before = await countRows(url)
    await work()
    expect(await countRows(url)).toEqual(before)
    expect(this.healthy.closed).toBeNull()
    expect((await this.healthy.ask({ type: 'ping' }, 'pong')).timestamp).toBeTruthy()
    expect(this.healthy.of('error')).toEqual([])
    expect((await call(this.shop.host, '/readyz')).status).toBe(200)
  }

  /** No secret in what was ever written, and no failure that nobody foresaw. */
  expectQuiet() {
    const { output } = this.shop.node
    expectNoSecrets(output, [...this.shop.secrets, this.stranger.access, this.stranger.password])
    const unforeseen = /"level":(50|60)|UnhandledPromise|^\s+at /
    expect(output.split('\n').filter((line) => unforeseen.test(line))).toEqual([])
  }

  async close() {
    this.healthy.close()
    await this.shop.close()
  }
}

async function openForeign(shop: Shop, stranger: Person, botId: number): Promise<string> {
  const bot = await Bot.connect(shop.host, stranger, botId)
  await bot.write(shop.host, 602, 'For the stranger')
  const theirs = await Console.open(shop.host, stranger)
  await expect.poll(async () => (await theirs.conversations()).conversations.length).toBe(1)
  return (await theirs.conversationWith(602)).id
}
