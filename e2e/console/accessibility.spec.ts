import { expect, type Page } from '@playwright/test'
import { faultsInBothSchemes as faults } from '../support/axe.ts'
import { openAgent } from '../support/people.ts'
import { type Product, test } from '../support/server.ts'

const LANGUAGES = ['en', 'fa'] as const
const PHONE = { width: 390, height: 844 }

const openFirst = async (page: Page) => {
  await page.goto('/inbox')
  await page.locator('[data-conversation]').first().click()
  await expect(page.getByRole('log').locator('[data-item]').first()).toBeVisible()
}

const checkInbox = async (page: Page) => {
  await page.goto('/inbox')
  await expect(page.locator('[data-conversation]').first()).toBeVisible()
  expect(await faults(page), 'the list').toEqual([])
  await openFirst(page)
  expect(await faults(page), 'a thread').toEqual([])
  await page.locator('[data-conversation]').filter({ hasText: 'Tom' }).click()
  await expect(page.locator('[data-pane="thread"] h2')).toContainText('Tom')
  await expect(page.getByRole('log').getByText('Forbidden')).toBeVisible()
  expect(await faults(page), 'a failed delivery').toEqual([])
  await page.getByRole('log').focus()
  await page.keyboard.press('Shift+Slash')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await faults(page), 'the keys').toEqual([])
}

const checkSettings = async (page: Page) => {
  for (const place of ['profile', 'security', 'people', 'channels', 'keys']) {
    await page.goto(`/settings/${place}`)
    await expect(page.getByRole('main').getByRole('heading').nth(1)).toBeVisible()
    await expect(page.getByRole('main').locator('[role=status] [aria-hidden]')).toHaveCount(0)
    expect(await faults(page), place).toEqual([])
  }
}

/** What opens above the inbox and the settings, one after the other. */
const checkDialogs = async (page: Page) => {
  await openFirst(page)
  await page.getByRole('button', { name: /^(Edit|ویرایش) / }).click()
  await page.getByRole('dialog').getByRole('combobox').fill('v')
  await expect(page.getByRole('listbox')).toBeVisible()
  expect(await faults(page), 'the customer’s form').toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.locator('[data-pane="thread"] button[aria-haspopup=menu]:not([data-moves])').click()
  await expect(page.getByRole('menuitem')).toHaveCount(1)
  // A menu floats above the landmarks; it belongs to the button that it is named after.
  expect(await faults(page, ['region']), 'the conversation’s menu').toEqual([])
  await page.getByRole('menuitem').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await faults(page), 'the deletion').toEqual([])

  await page.goto('/settings/keys')
  await page.locator('section').first().getByRole('button').first().click()
  await page.getByRole('dialog').locator('[type=submit]').click()
  await expect(page.getByRole('alert')).toHaveCount(2)
  expect(await faults(page), 'a key without a name').toEqual([])
  await page.getByRole('dialog').getByRole('textbox').fill('Reports')
  await page.getByRole('checkbox').first().check()
  await page.getByRole('dialog').locator('[type=submit]').click()
  await expect(page.getByRole('dialog').locator('input[readonly]')).toBeVisible()
  expect(await faults(page), 'a key that was made').toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('main').getByRole('listitem').first().getByRole('button').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await faults(page), 'the end of a key').toEqual([])
}

const stranger = async (page: Page, product: Product, language: string) => {
  await page.context().addCookies([{ name: 'peyk.locale', value: language, url: product.url }])
  for (const place of ['login', 'register']) {
    await page.goto(`${product.url}/${place}`)
    await expect(page.getByRole('main').getByRole('heading')).toBeVisible()
    expect(await faults(page), place).toEqual([])
  }
}

for (const language of LANGUAGES) {
  test(`axe finds nothing before the door, ${language}`, async ({ page, product }) => {
    await stranger(page, product, language)
  })

  test(`axe finds nothing behind it, ${language}`, async ({ browser, product }) => {
    const { page, context } = await openAgent(browser, product, language)
    await checkInbox(page)
    await context.close()
  })

  test(`axe finds nothing in the settings, ${language}`, async ({ browser, product }) => {
    const { page, context } = await openAgent(browser, product, language)
    await checkSettings(page)
    await context.close()
  })

  test(`axe finds nothing in what opens above it, ${language}`, async ({ browser, product }) => {
    const { page, context } = await openAgent(browser, product, language)
    await checkDialogs(page)
    await context.close()
  })
}

test('axe finds nothing on a phone', async ({ browser, product }) => {
  const { page, context } = await openAgent(browser, product, 'fa')
  await page.setViewportSize(PHONE)
  await openFirst(page)
  expect(await faults(page), 'a thread').toEqual([])
  await page.goto(`${page.url()}?details=1`)
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await faults(page), 'the customer').toEqual([])
  await checkSettings(page)
  await context.close()
})
