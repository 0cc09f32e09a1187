import { expect, type Page } from '@playwright/test'
import { openAgent, openCustomer, openNewcomer, rowWith, unique } from './support/people.ts'
import { test } from './support/server.ts'

const read = async (page: Page, procedure: string, conversationId: string): Promise<number> => {
  const input = encodeURIComponent(JSON.stringify({ conversationId }))
  return (await page.request.get(`/trpc/${procedure}?input=${input}`)).status()
}

test('another workspace sees nothing, neither in its list nor by the address nor live', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const newcomer = await openNewcomer(browser, product)
  const { phone } = await openCustomer(browser, product, 'en', 1)
  const secret = unique('My card ends in 4417')

  await phone.write(secret)
  await rowWith(agent.page, secret).click()
  await expect(agent.page).toHaveURL(/\/inbox\/\w+/)
  const conversationId = new URL(agent.page.url()).pathname.split('/').at(-1) ?? ''

  for (const procedure of ['conversations.get', 'messages.list']) {
    expect(await read(agent.page, procedure, conversationId), procedure).toBe(200)
    expect(await read(newcomer.page, procedure, conversationId), procedure).toBe(404)
  }
  await expect(newcomer.page.getByRole('heading', { name: 'Welcome to Peyk' })).toBeVisible()
  await expect(newcomer.page.locator('[data-conversation]')).toHaveCount(0)

  await newcomer.page.goto(`/inbox/${conversationId}`)
  await expect(newcomer.page.getByText('There is no such conversation')).toBeVisible()
  await expect(newcomer.page.getByText(secret)).toHaveCount(0)
})

test('nobody who is not signed in gets past the door', async ({ browser, product }) => {
  const context = await browser.newContext({ baseURL: product.url })
  const page = await context.newPage()
  expect((await page.request.get('/trpc/people.me')).status()).toBe(401)
  await page.goto('/inbox')
  await expect(page).toHaveURL(/\/login/)
})
