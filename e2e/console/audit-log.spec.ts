import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { faults } from '../support/axe.ts'
import { openAgent, unique } from '../support/people.ts'
import { test } from '../support/server.ts'

test('what somebody did is in the audit log, is found by a filter, and comes as a file', async ({
  browser,
  product,
}) => {
  const { page, context } = await openAgent(browser, product)
  const name = unique('=Till')
  await page.goto('/settings/keys')
  await page
    .getByRole('button', { name: /create/i })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('textbox').fill(name)
  await page.getByRole('dialog').getByRole('checkbox').first().check()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /create/i })
    .click()
  await expect(page.getByRole('dialog').getByRole('textbox').first()).not.toHaveValue(name)

  await page.goto('/security/audit')
  const row = page.getByRole('listitem').filter({ hasText: name })
  await expect(row).toContainText('Created an API key')
  expect(await faults(page)).toEqual([])
  await page.getByLabel('What').selectOption({ label: 'Erased a customer’s data' })
  await expect(row).toHaveCount(0)
  await page.getByLabel('What').selectOption({ label: 'Created an API key' })
  await expect(row).toHaveCount(1)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(
    text
      .split('\n')
      .slice(1)
      .filter(Boolean)
      .every((line) => line.includes('key.created')),
  ).toBe(true)
  expect(text).toContain(name)
  await context.close()
})

test('an owner sees what would go before they decide how long data is kept', async ({ browser, product }) => {
  const { page, context } = await openAgent(browser, product)
  await page.goto('/settings/data')
  await page.getByRole('radio', { name: 'For a time' }).click()
  await page.getByLabel('Days after the last activity').fill('29')
  await expect(page.getByText('Choose between 30 and')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Delete after/ })).toBeDisabled()
  await page.getByLabel('Days after the last activity').fill('۳۶۵۰')
  await expect(page.getByText('Nothing is that old yet.')).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Delete after 3,650 days' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Days after the last activity')).toHaveValue('3650')
  await page.getByRole('radio', { name: 'For ever' }).click()
  await page.getByRole('button', { name: 'Keep for ever' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await context.close()
})
