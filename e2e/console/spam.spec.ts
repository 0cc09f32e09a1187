import { mkdirSync } from 'node:fs'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { conversationWith, newBotId } from '../support/cast.ts'
import { rowWith, thread, unique } from '../support/people.ts'
import { chatPath, RawSocket } from '../support/raw-socket.ts'
import { Shop } from '../support/shop.ts'

/** Betting in the spellings by which it hides: joiners, Arabic letters, letters that are repeated. */
const DISGUISES = ['شر\u200cط بندي و كازینو', 'شرررط بندییی و کازیییینو', 'ش.ر.ط ب.ن.د.ی casin0 b0nus']

let shop: Shop
test.describe.configure({ mode: 'default' })
test.beforeAll(async () => {
  shop = await Shop.open(newBotId(), { ENABLE_SPAM_DETECTION: 'true' })
})
test.afterAll(() => shop?.close())

const open = async (browser: Browser, language: 'fa' | 'en', path: string) => {
  const url = `http://${shop.host}`
  const context = await browser.newContext({ baseURL: url, locale: language === 'fa' ? 'fa-IR' : 'en-GB' })
  const session = shop.console.cookie.split('; ').map((one) => ({
    name: one.slice(0, one.indexOf('=')),
    value: one.slice(one.indexOf('=') + 1),
    url,
  }))
  await context.addCookies([...session, { name: 'peyk.locale', value: language, url }])
  const page = await context.newPage()
  await page.goto(path)
  return { page, context }
}
const write = (chatId: number, text: string, name: string) =>
  shop.bot.write(shop.host, chatId, text, { first_name: name, last_name: undefined, username: undefined })
const rail = (page: Page, name: string | RegExp) => page.getByRole('navigation').getByRole('link', { name })
const held = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })

test('spam waits on its page alone; released, it stands at its place in the thread, and on a raw socket', async ({
  browser,
}) => {
  const { page, context } = await open(browser, 'en', '/inbox')
  const second = await open(browser, 'en', '/spam')
  await expect(second.page.getByText('Nothing is held')).toBeVisible()
  const [hello, spam, later] = [unique('Good morning'), unique('شرط بندی و کازینو'), unique('Anybody there?')]
  for (const text of [hello, spam, later]) await write(901, text, 'Kim')

  await rowWith(page, later).click()
  await expect(thread(page).getByText(hello)).toBeVisible()
  await expect(thread(page).getByText(spam)).toHaveCount(0)
  const order = () => thread(page).locator('[data-item]').allInnerTexts()
  await expect(thread(page).getByText('1 message is held as spam')).toBeVisible()
  const socket = await RawSocket.open(
    shop.host,
    chatPath(await conversationWith(shop.host, shop.owner, 901), shop.owner.access),
  )
  expect(JSON.stringify(socket.frames)).not.toContain(spam)

  // Nobody reloaded the page of the other.
  await expect(held(second.page, spam)).toContainText('Words that spam uses')
  await expect(rail(second.page, 'Spam, 1 message held')).toBeVisible()
  await second.page.getByRole('button', { name: /^Not spam/ }).press('Enter')
  await expect(second.page.getByText('Nothing is held')).toBeVisible()
  await expect(second.page.getByText('The message is in its conversation now.')).toBeVisible()

  await expect(thread(page).getByText(spam)).toBeVisible()
  await expect(thread(page).getByText('held as spam')).toHaveCount(0)
  const texts = (await order()).join('\n')
  expect([hello, spam, later].map((text) => texts.indexOf(text))).toEqual(
    [hello, spam, later].map((text) => texts.indexOf(text)).toSorted((a, b) => a - b),
  )
  await socket.until(() => socket.of('chat_message').length > 0)
  expect(socket.of('chat_message')).toMatchObject([{ message: { content: spam, seq: 2, type: 'customer' } }])
  socket.close()
  // Whoever was let in is trusted.
  const again = unique('شرط بندی و کازینو')
  await write(901, again, 'Kim')
  await expect(rowWith(page, again)).toBeVisible()
  await context.close()
  await second.context.close()
})

test('a stranger whose every message is spam is in no list, in whatever disguise, until several are let in or deleted at once', async ({
  browser,
}) => {
  const { page, context } = await open(browser, 'fa', '/spam')
  const texts = DISGUISES.map((text) => unique(text))
  for (const [index, text] of texts.entries()) await write(910 + index, text, `Mallory ${index}`)
  for (const text of texts) await expect(held(page, text)).toHaveCount(1)
  await expect(page.getByRole('main').getByRole('link', { name: /باز کردن گفت‌وگو/ })).toHaveCount(0)
  expect(JSON.stringify(await shop.console.conversations())).not.toContain('Mallory')

  const shots = process.env.SPAM_SHOTS
  if (shots) await photograph(page, shots)

  await page.getByRole('checkbox', { name: 'انتخاب همهٔ این‌ها' }).check()
  await page.getByRole('checkbox', { name: /Mallory 0/ }).uncheck()
  await page.getByRole('button', { name: 'حذف', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /۲ پیام برای همیشه حذف شوند/ })
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(held(page, texts[1] ?? '')).toHaveCount(1)
  await page.getByRole('button', { name: 'حذف', exact: true }).click()
  await dialog.getByRole('button', { name: 'حذف', exact: true }).click()
  for (const text of texts.slice(1)) await expect(held(page, text)).toHaveCount(0)
  await expect(held(page, texts[0] ?? '')).toHaveCount(1)

  await page.getByRole('checkbox', { name: /Mallory 0/ }).check()
  await page.getByRole('button', { name: 'هرزنامه نیست', exact: true }).click()
  await expect(page.getByText('چیزی نگه داشته نشده')).toBeVisible()
  await rail(page, /صندوق/).last().click()
  await expect(rowWith(page, texts[0] ?? '')).toBeVisible()
  expect(JSON.stringify(await shop.console.conversations())).not.toContain('Mallory 1')
  await context.close()
})

test('what is held is shown as text: nothing in it can be followed or turns the page around', async ({
  browser,
}) => {
  const { page, context } = await open(browser, 'en', '/spam')
  const mark = unique('casino')
  await write(930, `شرط بندی \u202e${mark} https://evil.example/x <b>bold</b>`, '\u202eEve')
  await expect(held(page, mark)).toHaveCount(1)
  await expect(held(page, mark).locator('a')).toHaveCount(0)
  await expect(held(page, mark).locator('b')).toHaveCount(0)
  expect(await page.getByRole('main').innerText()).not.toContain('\u202e')
  await context.close()
})

async function photograph(page: Page, folder: string) {
  mkdirSync(folder, { recursive: true })
  for (const language of ['fa', 'en'])
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1440, 390]) {
        await page.context().addCookies([{ name: 'peyk.locale', value: language, url: page.url() }])
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 844 })
        await page.reload()
        await expect(page.getByRole('checkbox')).toHaveCount(4)
        await page.screenshot({ path: `${folder}/spam-${language}-${colorScheme}-${width}.png` })
      }
  await page.context().addCookies([{ name: 'peyk.locale', value: 'fa', url: page.url() }])
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.reload()
}
