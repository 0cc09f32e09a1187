import { randomBytes } from 'node:crypto'
import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test'
import { type SimulatedPerson, SimulatorCast } from '../../src/server/contract/simulator.ts'
import { keepSecret } from './run-log.ts'
import type { Product } from './server.ts'

type Language = 'fa' | 'en'

/** Somebody at a browser of their own. */
export interface Visitor {
  context: BrowserContext
  page: Page
}

/** The demo's agent, signed in, with the inbox open. */
export const openAgent = (browser: Browser, product: Product, language: Language = 'en') =>
  openPerson(browser, product, product.demo, language)

/** Somebody who has an account, signed in, with the inbox open. */
export const openPerson = async (
  browser: Browser,
  product: Product,
  { login, password }: { login: string; password: string },
  language: Language = 'en',
) => {
  const visitor = await visit(browser, product, language)
  await postSignIn(visitor, product, 'credentials', { login, password })
  await openInbox(visitor)
  return visitor
}

/** Somebody who has just registered, and so owns an empty workspace of their own. */
export const openNewcomer = async (browser: Browser, product: Product) => {
  const visitor = await visit(browser, product, 'en')
  const username = `parisa-${randomBytes(5).toString('hex')}`
  const password = randomBytes(12).toString('base64url')
  await postSignIn(visitor, product, 'register', { username, email: `${username}@example.com`, password })
  await openInbox(visitor)
  return visitor
}

/** A customer of the demo at the simulator; `index` picks among those who speak the language. */
export const openCustomer = async (browser: Browser, product: Product, language: Language, index = 0) => {
  const visitor = await visit(browser, product, language)
  const cast = SimulatorCast.parse(await (await visitor.page.request.get('/simulator/api/cast')).json())
  const person = cast.people.filter(({ lang }) => lang === language)[index]
  if (!person) throw new Error(`The demo has no customer ${index} who speaks ${language}.`)
  await visitor.page.goto(`/simulator?chats=${person.chatId}`)
  const phone = new Phone(visitor.page, person)
  await expect(phone.input).toBeVisible()
  return { ...visitor, phone }
}

export class Phone {
  readonly log: Locator
  readonly input: Locator

  constructor(
    page: Page,
    readonly person: SimulatedPerson,
  ) {
    this.log = page.getByRole('main').getByRole('log')
    this.input = page.getByRole('main').getByRole('textbox')
  }

  async write(text: string) {
    await this.input.fill(text)
    await this.input.press('Enter')
    await expect(this.log.getByText(text, { exact: true })).toBeVisible()
  }
}

/** The row of the list whose newest message is this text. */
export const rowWith = (page: Page, text: string): Locator =>
  page.locator('[data-pane="list"] [data-conversation]').filter({ hasText: text })

export const thread = (page: Page): Locator => page.locator('[data-pane="thread"]').getByRole('log')

export const bubbleWith = (page: Page, text: string): Locator =>
  thread(page)
    .locator('[data-item]')
    .filter({ has: page.getByText(text, { exact: true }) })

/** Answers in the open conversation. */
export const answer = async (page: Page, text: string) => {
  const input = page.locator('[data-pane="thread"]').getByRole('textbox')
  await input.fill(text)
  await input.press('Enter')
}

/** A text that no other test writes. */
export const unique = (text: string): string => `${text} ${randomBytes(3).toString('hex')}`

const visit = async (browser: Browser, product: Product, language: Language): Promise<Visitor> => {
  const context = await browser.newContext({
    baseURL: product.url,
    locale: language === 'fa' ? 'fa-IR' : 'en-GB',
  })
  // The browser's own choice goes before the account's.
  await context.addCookies([{ name: 'peyk.locale', value: language, url: product.url }])
  return { context, page: await context.newPage() }
}

// A request that changes something must name our own origin, as a page's own requests do.
const postSignIn = async (
  { page }: Visitor,
  product: Product,
  provider: string,
  fields: Record<string, string>,
) => {
  keepSecret('password', fields.password)
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  const form = { ...fields, csrfToken: String(csrfToken), json: 'true' }
  const headers = { origin: new URL(product.url).origin }
  const answered = await page.request.post(`/api/auth/callback/${provider}`, { form, headers })
  expect(answered.status(), await answered.text()).toBe(200)
  for (const { name, value } of await page.context().cookies())
    if (/token/.test(name)) keepSecret('cookie', value)
}

const openInbox = async ({ page }: Visitor) => {
  await page.goto('/inbox')
  await expect(page.locator('[data-pane="list"]')).toBeVisible()
}
