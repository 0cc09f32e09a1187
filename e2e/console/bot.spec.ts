import { expect, type Page } from '@playwright/test'
import { bubbleWith, openAgent, openCustomer, rowWith, unique } from '../support/people.ts'
import { call } from '../support/rest.ts'
import { test } from '../support/server.ts'

/** Makes a key in the settings and takes it from where it is shown, once. */
const createKey = async (page: Page, name: string, scope: string): Promise<string> => {
  await page.goto('/settings/keys')
  await page.getByRole('button', { name: 'Create a key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('checkbox', { name: scope }).check()
  await dialog.getByRole('button', { name: 'Create the key' }).click()
  await expect(dialog).toContainText('it is not shown again')
  const key = await dialog.getByLabel('API key').inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('never used')
  expect(await page.content()).not.toContain(key)
  return key
}

const statusOf = (page: Page) => page.locator('[data-pane="thread"] header').getByRole('status')

test('a program with a key answers as the bot, live, and its answer is rated', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const colleague = await openAgent(browser, product)
  const { phone, context } = await openCustomer(browser, product, 'en', 3)
  // Before the bot is on, so that a person answers it.
  const question = unique('Do you ship to Berlin?')
  await phone.write(question)
  await expect(rowWith(agent.page, question)).toBeVisible()
  const name = unique('Website bot')
  const key = await createKey(agent.page, name, 'Answer as the bot')
  const stored = agent.page.waitForResponse(/people\.setBot/)
  const toggle = agent.page.getByRole('switch', { name: 'New conversations are answered by the bot' })
  await toggle.click()
  await expect(toggle).toBeChecked()
  expect((await stored).status()).toBe(200)
  await agent.page.goto('/inbox')

  for (const { page } of [agent, colleague]) await rowWith(page, question).click()
  await agent.page.getByRole('button', { name: 'Hand to bot' }).click()
  await expect(statusOf(colleague.page)).toHaveText('The bot answers · Telegram')
  await expect(rowWith(colleague.page, question)).toContainText('The bot answers')

  const conversationId = new URL(agent.page.url()).pathname.split('/').at(-1)
  const reply = unique('We do, in three days')
  const path = `/api/v1/message/conversation/${conversationId}/ai-message/`
  const posted = await call(new URL(product.url).host, path, { token: key, body: { content: reply } })
  expect(posted.status, posted.text).toBe(201)
  for (const { page } of [agent, colleague]) await expect(bubbleWith(page, reply)).toContainText('Bot')
  await expect(phone.log.getByText(reply, { exact: true })).toHaveCount(1)

  const good = (page: Page) => bubbleWith(page, reply).getByRole('button', { name: 'Good answer' })
  const bad = (page: Page) => bubbleWith(page, reply).getByRole('button', { name: 'Bad answer' })
  await good(agent.page).click()
  await expect(good(colleague.page)).toHaveAttribute('aria-pressed', 'true')
  await bad(agent.page).click()
  await expect(bad(colleague.page)).toHaveAttribute('aria-pressed', 'true')
  await expect(good(colleague.page)).toHaveAttribute('aria-pressed', 'false')
  await bubbleWith(agent.page, reply).getByRole('button', { name: 'Add a comment' }).click()
  await agent.page.getByRole('dialog').getByRole('textbox').fill('It takes five days')
  await agent.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(
    bubbleWith(colleague.page, reply).getByRole('button', { name: 'Comment: It takes five days' }),
  ).toBeVisible()
  await bad(agent.page).click()
  await expect(bad(colleague.page)).toHaveAttribute('aria-pressed', 'false')
  await agent.page.reload()
  await expect(bad(agent.page)).toHaveAttribute('aria-pressed', 'false')

  await agent.page.getByRole('button', { name: 'Take over' }).click()
  await expect(statusOf(colleague.page)).toHaveText('Telegram')
  await agent.page.goto('/settings/keys')
  const row = agent.page.getByRole('listitem').filter({ hasText: name })
  await expect(row).toContainText('used just now')
  await row.getByRole('button', { name: `Revoke ${name}` }).click()
  await agent.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  // While the dialog is open the list behind it is hidden, and the row not revoked yet.
  await expect(agent.page.getByRole('dialog')).toHaveCount(0)
  await expect(row).toHaveCount(0)
  const refused = await call(new URL(product.url).host, path, { token: key, body: { content: reply } })
  expect(refused.status).toBe(401)
  for (const one of [agent.context, colleague.context, context]) await one.close()
})
