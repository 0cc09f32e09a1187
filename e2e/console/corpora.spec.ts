import { expect, type Page } from '@playwright/test'
import {
  addressesOf,
  CHAT,
  fill,
  findingsOn,
  LONG_WORD,
  MARKUP,
  PAGES,
  SPOOFS,
  signInPage,
} from '../support/corpora.ts'
import { ANSWERED, CONTACTS, fillCards, fillWebsite, PLACES, SHARES } from '../support/corpora-rich.ts'
import { UNLIMITED } from '../support/node.ts'
import { openCustomer } from '../support/people.ts'
import { test } from '../support/server.ts'
import { Shop } from '../support/shop.ts'
import { Site, Visitor } from '../support/website.ts'

const NOTHING = { elements: [], links: [] }
const WIDTHS = [1440, 390]
const MAX_ROW = 72
const TURNING = /[\u202A-\u202E\u2066-\u2069]/

let shop: Shop
test.beforeAll(async () => {
  test.setTimeout(120_000)
  shop = await Shop.open(7_600_090, UNLIMITED)
})
test.afterAll(() => shop.close())

const openPage = async (page: Page, path: string) => {
  await page.goto(`http://${shop.host}${path}`)
  await expect(page.locator('body')).not.toBeEmpty()
}

const openThread = async (page: Page) => {
  const { id } = await shop.console.conversationWith(CHAT)
  await openPage(page, `/inbox/${id}?details=1`)
  await expect(page.getByRole('log').locator('[data-item]').last()).toBeVisible()
}

// A watcher fails every test of this file when a dialog opens, a script throws or the policy has to refuse something.
test('markup stays text wherever somebody else’s words are shown', async ({ page }) => {
  test.setTimeout(120_000)
  await fill(shop, MARKUP)
  await signInPage(page, shop)
  await openThread(page)
  for (const text of MARKUP.slice(0, 3))
    await expect(page.getByRole('log').getByText(text, { exact: true }).last(), text).toBeAttached()
  await expect(page.locator('[data-conversation]')).toHaveCount(MARKUP.length)
  expect(await findingsOn(page), 'the inbox').toEqual(NOTHING)
  for (const path of PAGES) {
    await openPage(page, path)
    await expect(page.getByRole('main').getByRole('heading').nth(1)).toBeVisible()
    await expect(page.getByRole('main').locator('[role=status] [aria-hidden]')).toHaveCount(0)
    expect(await findingsOn(page), path).toEqual(NOTHING)
  }
  await openPage(page, '/settings/keys')
  await expect(page.getByText(MARKUP[1].slice(0, 60)).first()).toBeVisible()
})

test('an address does nothing but lead to a page', async ({ page, browser }) => {
  test.setTimeout(120_000)
  const stranger = await (await browser.newContext()).newPage()
  await signInPage(page, shop)
  for (const [index, text] of MARKUP.entries()) {
    // Each text takes its turn at some of the addresses; together they take them all, twice over.
    for (const path of addressesOf(text).filter((_, at) => at % 4 === index % 4)) {
      const who = index % 2 === 0 ? page : stranger
      await openPage(who, path)
      expect(await findingsOn(who), path).toEqual(NOTHING)
      expect(new URL(who.url()).host).toBe(shop.host)
    }
  }
  await stranger.context().close()
})

test('words that turn or stretch the text around them keep their place', async ({ page }) => {
  test.setTimeout(120_000)
  await fill(shop, SPOOFS)
  await shop.bot.write(shop.host, CHAT, LONG_WORD.slice(0, 4_096), { first_name: LONG_WORD.slice(0, 64) })
  await signInPage(page, shop)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 })
    await openPage(page, '/inbox')
    await expect(page.locator('[data-conversation]').first()).toBeVisible()
    for (const row of await page.locator('[data-conversation]').all())
      expect((await row.boundingBox())?.height).toBeLessThanOrEqual(MAX_ROW)
    await expectToFit(page, `the list at ${width}`)
    await openThread(page)
    await expectToFit(page, `the thread at ${width}`)
    for (const path of PAGES) {
      await openPage(page, path)
      await expect(page.getByRole('main').getByRole('heading').nth(1)).toBeVisible()
      await expectToFit(page, `${path} at ${width}`)
    }
  }
})

test('the phone of the simulator takes both for words', async ({ browser, product }) => {
  test.setTimeout(120_000)
  const { page, phone, context } = await openCustomer(browser, product, 'en', 0)
  await page.setViewportSize({ width: 390, height: 844 })
  for (const text of [...MARKUP, ...SPOOFS, LONG_WORD.slice(0, 4_096)]) {
    const url = `/simulator/api/chats/${phone.person.chatId}/messages`
    const posted = await page.request.post(url, {
      data: { text },
      headers: { origin: new URL(product.url).origin },
    })
    expect(posted.status(), text.slice(0, 40)).toBe(200)
  }
  await expect(phone.log.getByText(LONG_WORD.slice(0, 4_096), { exact: true })).toBeVisible()
  await expect(phone.log.getByText(MARKUP[1], { exact: true })).toBeAttached()
  expect(await findingsOn(page)).toEqual(NOTHING)
  await expectToFit(page, 'the phone')
  await context.close()
})

test('cards, quotes and files stay words, and so does all that a website’s visitor is', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const texts = [...MARKUP, ...SPOOFS, LONG_WORD.slice(0, 4_096)]
  const site = await Site.open({ url: `http://${shop.host}`, demo: shop.owner })
  await fillCards(shop, texts)
  const talk = await fillWebsite(shop, site, texts)
  await signInPage(page, shop)
  const chats = [PLACES, CONTACTS, ANSWERED, Number(SHARES)].map((chat) =>
    shop.console.conversationWith(chat),
  )
  const ids = (await Promise.all(chats)).map(({ id }) => id)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 })
    await openPage(page, '/inbox')
    await expect(page.locator('[data-conversation]').nth(10)).toBeAttached()
    for (const row of await page.locator('[data-conversation]').all())
      expect((await row.boundingBox())?.height).toBeLessThanOrEqual(MAX_ROW)
    await expectToFit(page, `the list at ${width}`)
  }
  for (const id of [...ids, talk]) {
    await openPage(page, `/inbox/${id}?details=1`)
    await expect(page.getByRole('log').locator('[data-item]').nth(20)).toBeAttached()
    expect(await findingsOn(page), id).toEqual(NOTHING)
    await expectToFit(page, id)
  }

  const visitor = await Visitor.open(browser, site.origin, { viewport: { width: 390, height: 844 } })
  await visitor.page.evaluate(
    (token) => {
      const { peyk } = window as unknown as { peyk(...call: unknown[]): void }
      peyk('identify', { token })
      peyk('open')
    },
    await site.prove('all', MARKUP[0]),
  )
  await expect(visitor.log.locator('.row').nth(40)).toBeAttached()
  const frame = visitor.page.frames()[1]
  expect(frame && (await findingsOn(frame)), 'the widget').toEqual(NOTHING)
  if (frame) await expectToFit(frame, 'the widget')
  await visitor.page.goto(
    `http://${shop.host}/widget/app?site=${site.website.siteKey}&page=${encodeURIComponent(MARKUP[0])}`,
  )
  expect(await findingsOn(visitor.page), 'the frame by itself').toEqual(NOTHING)
  await site.close()
})

/** Nothing turns the reading order, and nothing is wider than the window. */
const expectToFit = async (page: Pick<Page, 'evaluate'>, where: string) => {
  const { text, excess } = await page.evaluate(() => ({
    // Where only plain text may stand, names are isolated by a pair of these.
    text: document.body.innerText.replace(/\u2068([^\u202a-\u202e\u2066-\u2069]*)\u2069/g, '$1'),
    excess: document.documentElement.scrollWidth - window.innerWidth,
  }))
  expect(TURNING.exec(text)?.index ?? -1, `what turns the text in ${where}`).toBe(-1)
  expect(excess, `the width of ${where}`).toBeLessThanOrEqual(0)
}
