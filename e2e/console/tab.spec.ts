import { expect } from '@playwright/test'
import { openAgent, openCustomer, openNewcomer, rowWith, unique } from '../support/people.ts'
import { test } from '../support/server.ts'

const UNREAD_ICON = 'head link[rel="icon"][href*="icon-unread"]'

test('the tab says that somebody waits, in its title and with a dot on its icon', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const { phone, context } = await openCustomer(browser, product, 'en', 4)
  const question = unique('Is anybody there?')
  await phone.write(question)
  await expect(rowWith(agent.page, question)).toBeVisible()
  await expect(agent.page).toHaveTitle(/^\(\d+\) Inbox/)
  await expect(agent.page.locator(UNREAD_ICON)).toHaveCount(1)

  const newcomer = await openNewcomer(browser, product)
  await expect(newcomer.page).toHaveTitle(/^Inbox/)
  await expect(newcomer.page.locator(UNREAD_ICON)).toHaveCount(0)
  for (const one of [agent.context, newcomer.context, context]) await one.close()
})
