import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { chatPath, Frame, RawSocket } from '../support/raw-socket.ts'
import { type Person, register, shareWorkspace } from '../support/rest.ts'
import { Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

// The page of the original documentation, letter by letter.
const TEMPLATE = readFileSync(path.join(import.meta.dirname, 'seed-page.html.txt'), 'utf8')

let shop: Shop
let colleague: Person
let pages: Server
let conversationId: string

test.beforeAll(async () => {
  shop = await Shop.open(7_400_001)
  colleague = await register(shop.host, 'ali')
  await shareWorkspace(shop.host, shop.owner, colleague)
  conversationId = await shop.conversation(401, 'سلام، سفارش من کجاست؟')
  await shop.console.send(conversationId, 'سلام! همین حالا می‌بینم.', 'first-answer')
  pages = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(filledIn())
  })
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
})
test.afterAll(async () => {
  pages.closeAllConnections()
  pages.close()
  await shop.close()
})

/** Only the host, the id and the token are ours. */
function filledIn(): string {
  const ours = { 'localhost:8000': shop.host, ABC123: conversationId, your_jwt_token_here: shop.owner.access }
  return Object.entries(ours).reduce((page, [placeholder, value]) => {
    expect(page.split(placeholder)).toHaveLength(2)
    return page.replace(placeholder, value)
  }, TEMPLATE)
}

interface Seen {
  frames: Frame[]
  console: string[]
  errors: string[]
}

/** The page with an eye on what its socket gets and on what it complains of. */
async function openPage(page: Page): Promise<Seen> {
  const seen: Seen = { frames: [], console: [], errors: [] }
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) =>
      seen.frames.push(Frame.parse(JSON.parse(payload.toString()))),
    ),
  )
  page.on('console', (message) => seen.console.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => seen.errors.push(error.message))
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`)
  await expect.poll(() => seen.frames.length).toBeGreaterThan(0)
  return seen
}

const bubbles = (page: Page) => page.locator('#chat-messages > div')
const History = z.array(z.looseObject({ content: z.string() }))

test('the page connects, and its own functions show the history that it is given', async ({ page }) => {
  const seen = await openPage(page)
  expect(seen.frames[0]?.type).toBe('recent_messages')
  const messages = History.parse(seen.frames[0]?.messages)
  expect(messages.map(({ content }) => content)).toEqual(['سلام، سفارش من کجاست؟', 'سلام! همین حالا می‌بینم.'])

  await page.evaluate((history) => {
    const { addMessageToChat } = window as unknown as { addMessageToChat(message: unknown): void }
    for (const message of history) addMessageToChat(message)
  }, messages)
  await expect(bubbles(page)).toHaveCount(2)
  await expect(bubbles(page).first()).toContainText('Kim:')
  await expect(bubbles(page).first()).toContainText('سلام، سفارش من کجاست؟')
  await expect(bubbles(page).first()).not.toContainText('Invalid Date')
  expect(seen.errors).toEqual([])
})

test('what is typed into the page is stored, sent to the platform and shown, once', async ({ page }) => {
  const seen = await openPage(page)
  const text = 'کد رهگیری شما TRK-99 است'
  await page.locator('#message-input').fill(`  ${text} `)
  await page.getByRole('button', { name: 'ارسال' }).click()

  await expect(bubbles(page)).toHaveCount(1)
  await expect(bubbles(page)).toContainText(text)
  await expect(page.locator('#message-input')).toHaveValue('')
  await expect.poll(() => seen.console).toContain('log: پیام با موفقیت ارسال شد')
  expect((await shop.console.thread(conversationId)).at(-1)).toMatchObject({ content: text, type: 'support' })
  expect(shop.telegram.sent.filter((sent) => sent.text === text)).toHaveLength(1)
  expect(seen.errors).toEqual([])
})

test('what a customer and a colleague write appears on the page by itself', async ({ page }) => {
  const seen = await openPage(page)
  const other = await RawSocket.open(shop.host, chatPath(conversationId, colleague.access))
  await shop.bot.write(shop.host, 401, 'Is <b>it</b> & that all?')
  await expect(bubbles(page)).toHaveCount(1)
  await expect(bubbles(page).nth(0)).toContainText('Kim:')

  other.send({ type: 'chat_message', content: 'Yes, that is all.' })
  await expect(bubbles(page)).toHaveCount(2)
  await expect(bubbles(page).nth(1)).toContainText('Yes, that is all.')
  const contents = seen.frames.filter(({ type }) => type === 'chat_message').map(({ message }) => message)
  expect(contents).toMatchObject([{ content: 'Is <b>it</b> & that all?' }, { content: 'Yes, that is all.' }])
  expect(seen.errors).toEqual([])
  other.close()
})

test('typing on the page’s socket is seen by a colleague, and a colleague’s typing reaches the page', async ({
  page,
}) => {
  const seen = await openPage(page)
  const other = await RawSocket.open(shop.host, chatPath(conversationId, colleague.access))
  const indicator = other.next('typing_indicator')
  await page.evaluate("chatSocket.send(JSON.stringify({ 'type': 'typing', 'is_typing': true }))")
  expect(await indicator).toMatchObject({ user_id: shop.owner.id, username: 'sara Tester', is_typing: true })

  other.send({ type: 'typing', is_typing: true })
  const ofColleague = () => seen.frames.filter((frame) => frame.type === 'typing_indicator')
  await expect.poll(ofColleague).toMatchObject([{ user_id: colleague.id, is_typing: true }])
  await expect(bubbles(page)).toHaveCount(0)
  expect(seen.errors).toEqual([])
  other.close()
})
