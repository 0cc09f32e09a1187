import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { openAgent, openNewcomer, unique, type Visitor } from '../support/people.ts'
import { call } from '../support/rest.ts'
import { type Product, test } from '../support/server.ts'

const hostOf = (product: Product) => new URL(product.url).host
const figure = (page: Page, name: string) =>
  page.locator('dl > div').filter({ hasText: name }).locator('dd').first()
const countOf = async (page: Page, name: string) =>
  Number((await figure(page, name).innerText()).replaceAll(',', ''))

/** Comes with tokens that prove nobody. */
const attack = async (product: Product, times: number) => {
  for (let index = 0; index < times; index++) {
    const { status } = await call(hostOf(product), '/api/v1/usr/profile', { token: `wrong-${index}` })
    expect([401, 403]).toContain(status)
  }
}

const post = async ({ page }: Visitor, product: Product, procedure: string, body: object) => {
  const headers = { origin: new URL(product.url).origin }
  const answer = await page.request.post(`/trpc/${procedure}`, { data: body, headers })
  expect(answer.status(), await answer.text()).toBe(200)
  return (await answer.json()).result.data
}

const faults = async (page: Page) => {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test('an attack shows in the figures, the chart’s table and the events, by itself', async ({
  browser,
  product,
}) => {
  // What an address does beyond its bound is written when the minute ends.
  test.setTimeout(150_000)
  const { page } = await openAgent(browser, product)
  await page.getByRole('link', { name: 'Security' }).click()
  await expect(page.getByRole('heading', { name: 'At the doors' })).toBeVisible()
  await expect(page.getByRole('figure', { name: /Attempts, failed proofs/ })).toBeVisible()
  const before = await countOf(page, 'Failed proofs')
  await attack(product, 40)
  await expect
    .poll(() => countOf(page, 'Failed proofs'), { timeout: 90_000 })
    .toBeGreaterThanOrEqual(before + 30)
  await page.getByRole('radio', { name: 'Table' }).click()
  await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible()
  await page.getByRole('link', { name: 'Events' }).click()
  await page.getByRole('radio', { name: 'Failed proofs' }).click()
  const events = page.getByRole('list', { name: 'Security events' })
  await expect(events.getByRole('listitem').first()).toContainText('A proof was wrong')
  await expect(events.getByRole('listitem').first()).toContainText('wrong token or key')
  await expect(events.getByRole('listitem').first()).toContainText('127.0.0.1')
})

test('an address is blocked with a reason, and let in again', async ({ browser, product }) => {
  const { page } = await openAgent(browser, product)
  await page.goto('/security/blocked')
  const reason = unique('Scans for holes')
  await page.getByRole('button', { name: 'Block an address' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address or network').fill('everybody')
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(dialog.getByText('neither an address nor a network')).toBeVisible()
  await dialog.getByLabel('Address or network').fill('203.0.113.0/24')
  await dialog.getByLabel('Hours').fill('0.5')
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  const row = page.getByRole('listitem').filter({ hasText: reason })
  await expect(row).toContainText('203.0.113.0/24')
  await row.getByRole('button', { name: /Let .* in again/ }).click()
  await expect(row).toHaveCount(0)
  await expect(page.getByText('may come in again')).toBeVisible()
})

test('one’s own address is blocked only when that is confirmed, and the console lifts it', async ({
  browser,
  product,
}) => {
  const { page } = await openAgent(browser, product)
  await page.goto('/security/blocked')
  await page.getByRole('button', { name: 'Block an address' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address or network').fill('127.0.0.1')
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(dialog.getByText('Your own address or this machine is among them')).toBeVisible()
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  const openApi = async () => (await call(hostOf(product), '/api/v1/openapi.json')).status
  await expect.poll(openApi).toBe(403)
  expect((await call(hostOf(product), '/login')).status).toBe(403)

  // The session is let through everywhere that the page needs: the page, its calls and its socket.
  const socket = page.waitForEvent('websocket')
  await page.reload()
  await (await socket).waitForEvent('framereceived')
  await page.getByRole('button', { name: /Let .*127\.0\.0\.1.* in again/ }).click()
  await expect(page.getByText('may come in again')).toBeVisible()
  await expect.poll(openApi).toBe(200)
})

test('who does not run the instance is told why they block nobody; an agent sees nothing of it', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const newcomer = await openNewcomer(browser, product)
  const { page } = newcomer
  await page.goto('/security/overview')
  await expect(page.getByRole('heading', { name: 'At the doors' })).toBeVisible()
  await page.goto('/security/blocked')
  await expect(page.getByText('Only the administrator of this instance')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Block an address' })).toHaveCount(0)

  const { email } = (await (await page.request.get('/trpc/people.me')).json()).result.data
  const { url } = await post(agent, product, 'people.invite', { email, role: 'agent' })
  await post(newcomer, product, 'people.acceptInvitation', { token: String(url).split('/').at(-1) })
  await page.goto('/security/events')
  await expect(page.getByText('This page is not for your role')).toBeVisible()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Security' })).toHaveCount(0)
})

for (const [language, scheme] of [
  ['en', 'light'],
  ['fa', 'dark'],
] as const)
  test(`axe finds nothing wrong with it, in ${language} and ${scheme}`, async ({ browser, product }) => {
    const { page } = await openAgent(browser, product, language)
    await page.emulateMedia({ colorScheme: scheme })
    await attack(product, 2)
    await page.goto('/security/overview')
    await expect(page.locator('figure svg').first()).toBeVisible()
    expect(await faults(page), 'the chart').toEqual([])
    await page.getByRole('radio').last().click()
    await expect(page.getByRole('table')).toBeVisible()
    expect(await faults(page), 'the table').toEqual([])
    await page.goto('/security/events')
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible()
    expect(await faults(page), 'the events').toEqual([])
    await page.goto('/security/blocked')
    await page.getByRole('main').getByRole('button').first().click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await faults(page), 'the form').toEqual([])
  })
