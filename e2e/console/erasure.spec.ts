import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { CustomerExport } from '../../src/server/contract/export.ts'
import { faults } from '../support/axe.ts'
import { openAgent, openCustomer, rowWith, thread, unique } from '../support/people.ts'
import { test } from '../support/server.ts'

const panel = (page: Page) => page.locator('[data-pane="panel"]')
const open = async (page: Page, item: string | RegExp) => {
  await panel(page).locator('button[aria-haspopup=menu]').click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a customer’s data is taken out, and then erased before everybody’s eyes', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const colleague = await openAgent(browser, product, 'fa')
  const { phone, context } = await openCustomer(browser, product, 'en', 1)
  const words = unique('My secret')
  await phone.write(words)
  for (const { page } of [agent, colleague]) await rowWith(page, words).click()
  const name = (await agent.page.locator('[data-pane="thread"] h2').textContent()) ?? ''
  await colleague.page.locator('[data-pane="thread"]').getByRole('textbox').fill('a draft')

  const download = agent.page.waitForEvent('download')
  await open(agent.page, 'Export data')
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^customer-\d+\.json$/)
  const exported = CustomerExport.parse(JSON.parse(await readFile(await file.path(), 'utf8')))
  expect(exported.conversations[0]?.messages.at(-1)?.content).toBe(words)

  await open(agent.page, 'Erase data…')
  const dialog = agent.page.getByRole('dialog')
  await expect(dialog).toContainText(name)
  expect(await faults(agent.page)).toEqual([])
  const erase = dialog.getByRole('button', { name: 'Erase', exact: true })
  await expect(erase).toBeDisabled()
  await dialog.getByRole('textbox').fill('Erase')
  await dialog.getByRole('textbox').press('Enter')
  await expect(dialog).toHaveCount(0)
  for (const { page } of [agent, colleague]) {
    await expect(page.getByText(words)).toHaveCount(0)
    await expect(page.locator('[data-pane="thread"] h2')).not.toContainText(name)
    await expect(page.locator('[data-pane="thread"]').getByRole('textbox')).toHaveCount(0)
    await expect(page.getByRole('note')).toBeVisible()
  }
  await expect(thread(agent.page).getByText('Erased').first()).toBeVisible()
  expect(await faults(agent.page)).toEqual([])
  const kept = await colleague.page.evaluate(() => JSON.stringify({ ...localStorage }))
  expect(kept).not.toContain('a draft')

  await agent.page.reload()
  await expect(thread(agent.page).getByText('Erased').first()).toBeVisible()
  const later = unique('It is me')
  await phone.write(later)
  await rowWith(agent.page, later).click()
  await expect(thread(agent.page).getByText(later)).toBeVisible()
  await expect(thread(agent.page).locator('[data-item]:has(time)')).toHaveCount(1)
  await expect(thread(agent.page).getByText('Erased')).toHaveCount(0)
  for (const one of [agent.context, colleague.context, context]) await one.close()
})
