import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { conversationWith, newBotId, test } from '../support/cast.ts'
import { chatPath, Frame, RawSocket } from '../support/raw-socket.ts'
import { type Person, register, shareWorkspace } from '../support/rest.ts'
import type { Shop } from '../support/shop.ts'
import { Bot } from '../support/telegram.ts'

test.describe.configure({ mode: 'default' })

// The example of the original documentation, letter by letter.
const SNIPPET = readFileSync(path.join(import.meta.dirname, 'seed-snippet.js.txt'), 'utf8')

let shop: Shop
let owner: Person
let bot: Bot
let colleague: Person
let pages: Server
let conversationId: string

test.beforeAll(async ({ shop: ofWorker }) => {
  shop = ofWorker
  owner = await register(shop.host, 'sara')
  colleague = await register(shop.host, 'ali')
  await shareWorkspace(shop.host, owner, colleague)
  bot = await Bot.connect(shop.host, owner, newBotId())
  await bot.write(shop.host, 1601, 'سلام، سفارش من کجاست؟')
  conversationId = await conversationWith(shop.host, owner, 1601)
  pages = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageWithSnippet())
  })
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
})
test.afterAll(() => {
  pages.closeAllConnections()
  pages.close()
})

/** A page that has what the snippet takes for granted: a token, and functions that show what they are given. */
function pageWithSnippet(): string {
  expect(SNIPPET.split('localhost:8000')).toHaveLength(3)
  expect(SNIPPET.split('ABC123')).toHaveLength(2)
  return `<!DOCTYPE html>
    <ul id="messages"></ul><p id="status"></p><p id="typing"></p><p id="presence"></p>
    <script>
      const jwtToken = '${owner.access}';
      const show = (id, text) => { document.getElementById(id).textContent = text };
      function displayMessage({ content, customer }) {
        const item = document.createElement('li');
        item.textContent = customer.first_name + ': ' + content;
        document.getElementById('messages').append(item);
      }
      function showExternalSendStatus(result) {
        if (result.success) show('status', 'sent as ' + result.message_id);
      }
      function showTypingIndicator({ username, is_typing }) { show('typing', is_typing ? username : '') }
      function updateUserPresence({ username, is_online }) {
        show('presence', username + (is_online ? ' is here' : ' has left'));
      }
      function loadRecentMessages(messages) { messages.forEach(displayMessage) }
    </script>
    <script>${SNIPPET.replaceAll('localhost:8000', shop.host).replace('ABC123', conversationId)}</script>`
}

interface Seen {
  chat: Frame[]
  list: Frame[]
  errors: string[]
}

async function openPage(page: Page): Promise<Seen> {
  const seen: Seen = { chat: [], list: [], errors: [] }
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) =>
      seen[socket.url().includes('/ws/chat/') ? 'chat' : 'list'].push(
        Frame.parse(JSON.parse(payload.toString())),
      ),
    ),
  )
  page.on('pageerror', (error) => seen.errors.push(error.message))
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`)
  await expect.poll(() => Math.min(seen.chat.length, seen.list.length)).toBeGreaterThan(0)
  return seen
}

const messages = (page: Page) => page.locator('#messages > li')

test('both sockets of the snippet open, and its handler loads the history', async ({ page }) => {
  const seen = await openPage(page)
  expect(seen.chat[0]?.type).toBe('recent_messages')
  expect(seen.list[0]).toMatchObject({ type: 'conversations_list', conversations: [{ id: conversationId }] })
  await expect(messages(page)).toHaveText(['Kim: سلام، سفارش من کجاست؟'])
  expect(seen.errors).toEqual([])
})

test('sendMessage() stores, sends to the platform and shows the message, once', async ({ page }) => {
  const seen = await openPage(page)
  const text = 'کد رهگیری شما TRK-77 است'
  await page.evaluate((content) => {
    const { sendMessage } = window as unknown as { sendMessage(content: string): void }
    sendMessage(content)
  }, text)
  await expect(messages(page).last()).toHaveText(`Kim: ${text}`)
  await expect(page.locator('#status')).toHaveText(/^sent as \d+$/)
  expect(shop.telegram.sent.filter((sent) => sent.text === text)).toHaveLength(1)
  const newest = () => seen.list.filter(({ type }) => type === 'conversations_list').at(-1)
  await expect.poll(newest).toMatchObject({ conversations: [{ last_message: { content: text } }] })
  await expect(messages(page)).toHaveCount(2)
  expect(seen.errors).toEqual([])
})

test('what a customer writes is shown by the snippet’s handler', async ({ page }) => {
  const seen = await openPage(page)
  const before = await messages(page).count()
  await bot.write(shop.host, 1601, 'Is <b>it</b> & that all?')
  await expect(messages(page)).toHaveCount(before + 1)
  await expect(messages(page).last()).toHaveText('Kim: Is <b>it</b> & that all?')
  await expect(page.locator('#status')).toBeEmpty()
  expect(seen.errors).toEqual([])
})

test('a colleague’s coming, typing and leaving reach the snippet, and its own typing the colleague', async ({
  page,
}) => {
  const seen = await openPage(page)
  const other = await RawSocket.open(shop.host, chatPath(conversationId, colleague.access))
  await expect(page.locator('#presence')).toHaveText('ali Tester is here')
  other.send({ type: 'typing', is_typing: true })
  await expect(page.locator('#typing')).toHaveText('ali Tester')
  other.send({ type: 'typing', is_typing: false })
  await expect(page.locator('#typing')).toBeEmpty()

  const indicator = other.next('typing_indicator')
  await page.evaluate('sendTypingIndicator(true)')
  expect(await indicator).toMatchObject({ user_id: owner.id, username: 'sara Tester', is_typing: true })
  expect(seen.chat.filter(({ user_id }) => user_id === owner.id)).toEqual([])
  other.close()
  await expect(page.locator('#presence')).toHaveText('ali Tester has left')
  expect(seen.errors).toEqual([])
})
