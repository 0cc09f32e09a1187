import { expect, type Page } from '@playwright/test'
import { openAgent, openCustomer, rowWith, unique } from '../support/people.ts'
import { test } from '../support/server.ts'

const panel = (page: Page) => page.locator('[data-pane="panel"]')

test('a customer is put right, and colleagues see it at once', async ({ browser, product }) => {
  const agent = await openAgent(browser, product)
  const colleague = await openAgent(browser, product, 'fa')
  const { phone, context } = await openCustomer(browser, product, 'en', 2)
  const words = unique('It is me again')
  await phone.write(words)
  for (const { page } of [agent, colleague]) await rowWith(page, words).click()

  await panel(agent.page)
    .getByRole('button', { name: /^Edit / })
    .click()
  const form = agent.page.getByRole('dialog')
  await form.getByLabel('Email').fill('nobody@')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('This is not an email address.')).toBeVisible()
  const email = `${unique('anna').replace(' ', '.')}@example.com`
  await form.getByLabel('Email').fill(email)
  await form.getByLabel('Last name').fill('Lindqvist')
  const tag = unique('Wholesale')
  await form.getByRole('combobox').fill(tag)
  await agent.page.keyboard.press('Enter')
  await expect(form.getByRole('button', { name: `Take off the tag ${tag}` })).toBeVisible()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)
  for (const { page } of [agent, colleague]) {
    await expect(panel(page)).toContainText(email)
    await expect(panel(page)).toContainText(tag)
    await expect(rowWith(page, words)).toContainText('Lindqvist')
  }

  // What was not touched is not sent, so two who edit different things do not undo each other.
  await panel(colleague.page)
    .getByRole('button', { name: /^ویرایش / })
    .click()
  const persian = colleague.page.getByRole('dialog')
  await persian.getByLabel('تلفن').fill('بعد از شش')
  await persian.getByRole('button', { name: 'ذخیره' }).click()
  await expect(persian.getByText(/شمارهٔ تلفن فقط رقم/)).toBeVisible()
  await persian.getByLabel('تلفن').fill('+49 30 1234567')
  await persian.getByRole('button', { name: 'ذخیره' }).click()
  await expect(panel(agent.page)).toContainText('+49 30 1234567')
  await expect(panel(agent.page)).toContainText(email)
  for (const one of [agent.context, colleague.context, context]) await one.close()
})

test('a conversation that an owner deletes is gone for everybody, and the open one says so', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const colleague = await openAgent(browser, product)
  const { phone, context } = await openCustomer(browser, product, 'en', 1)
  const words = unique('Please forget me')
  await phone.write(words)
  for (const { page } of [agent, colleague]) await rowWith(page, words).click()
  const name = (await agent.page.locator('[data-pane="thread"] h2').textContent()) ?? ''

  const menu = agent.page.locator('[data-pane="thread"]').getByRole('button', { name: 'More' })
  await menu.click()
  await agent.page.getByRole('menuitem', { name: 'Delete conversation…' }).click()
  const dialog = agent.page.getByRole('dialog')
  await expect(dialog).toContainText(name)
  await agent.page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(menu).toBeFocused()
  await expect(rowWith(agent.page, words)).toHaveCount(1)

  await menu.press('Enter')
  await agent.page.getByRole('menuitem', { name: 'Delete conversation…' }).press('Enter')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).press('Enter')
  for (const { page } of [agent, colleague]) {
    await expect(rowWith(page, words)).toHaveCount(0)
    await expect(page.getByRole('alert').getByText('This conversation was deleted')).toBeVisible()
    await expect(page.locator('[data-pane="thread"]').getByRole('textbox')).toHaveCount(0)
  }
  await expect(agent.page.getByRole('button', { name: 'To the inbox' })).toBeFocused()
  await agent.page.keyboard.press('Enter')
  await expect(agent.page).toHaveURL(/\/inbox$/)
  for (const one of [agent.context, colleague.context, context]) await one.close()
})
