import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, FrameLocator, Page } from '@playwright/test'
import { SignJWT } from 'jose'
import { Website, type WebsiteSettings } from '../../src/server/contract/website.ts'
import { Console, dataOf } from './console.ts'
import type { Product } from './server.ts'

/** A site of somebody's on a port of its own, with the widget's snippet and the strictest policy that it works under. */
export class Site {
  private constructor(
    readonly origin: string,
    readonly website: Website,
    private readonly console: Console,
    readonly close: () => Promise<unknown>,
  ) {}

  static async open(
    product: Pick<Product, 'url' | 'demo'>,
    { head = '', isAllowed = true, lang = 'en' } = {},
  ): Promise<Site> {
    const agent = await Console.open(new URL(product.url).host, product.demo)
    const page = { html: '' }
    const server = createServer((_, res) => {
      res.setHeader('content-security-policy', policyFor(product.url))
      res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page.html)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const made = {
      source: 'website',
      name: 'Blue shop',
      allowed_origins: isAllowed ? [origin] : ['https://other.example'],
    }
    const website = dataOf(await agent.tell('channels.connectWebsite', made), Website)
    const snippet = website.snippet.replace(/src="[^"]*"/, `src="${product.url}/widget.js"`)
    page.html = `<!doctype html><html lang="${lang}"><title>Blue shop</title>${head}<h1>Blue shop</h1><a href="/">Home</a>${snippet}</html>`
    const close = () => new Promise((resolve) => server.close(resolve))
    return new Site(origin, website, agent, close)
  }

  async change(settings: Partial<WebsiteSettings>) {
    const { id: channelId, name, settings: before } = this.website
    dataOf(
      await this.console.tell('channels.changeWebsite', {
        channelId,
        name,
        settings: { ...before, ...settings },
      }),
      Website,
    )
  }

  /** Up to where its visitors have seen what they were told. */
  async seenUpTo(): Promise<number> {
    const { conversations } = await this.console.conversations()
    const own = conversations.filter(({ channelId }) => channelId === this.website.id)
    return Math.max(0, ...own.map(({ seenSeq }) => seenSeq))
  }

  /** The message of that text, as those who answer have it. */
  async told(text: string) {
    const { conversations } = await this.console.conversations()
    const own = conversations.find(
      ({ channelId, lastMessage }) => channelId === this.website.id && lastMessage?.content === text,
    )
    return own?.lastMessage
  }

  /** What the site's own server would hand its signed-in visitor. */
  async prove(sub: string, name?: string): Promise<string> {
    const answer = await this.console.tell('channels.showIdentitySecret', { channelId: this.website.id })
    const { secret } = (answer.json as { result: { data: { secret: string } } }).result.data
    return signAs(sub, secret, name)
  }
}

export const signAs = (sub: string, secret: string, name = 'Kim Park'): Promise<string> =>
  new SignJWT({ sub, name, exp: Math.floor(Date.now() / 1_000) + 600 })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(Buffer.from(secret))

/** The directives that docs/operations.md names; a test holds the two together. */
export const policyFor = (peyk: string): string =>
  `default-src 'none'; script-src ${peyk}; connect-src ${peyk}; frame-src ${peyk}`

/** A visitor's page with the widget in it. */
export class Visitor {
  readonly chat: FrameLocator

  private constructor(readonly page: Page) {
    this.chat = page.frameLocator('iframe.frame')
  }

  static async open(
    browser: Browser,
    url: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Visitor> {
    const page = await (
      await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    ).newPage()
    await page.goto(url)
    return new Visitor(page)
  }

  get launcher() {
    return this.page.locator('button.launcher')
  }

  get log() {
    return this.chat.getByRole('log')
  }

  async write(text: string) {
    const field = this.chat.getByRole('textbox')
    await field.fill(text)
    await field.press('Enter')
  }

  bubble(text: string) {
    return this.log.locator('.row:not(.pending) .bubble').getByText(text, { exact: true })
  }
}
