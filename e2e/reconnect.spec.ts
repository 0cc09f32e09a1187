import { expect, type Page } from '@playwright/test'
import { bubbleWith, openAgent, openCustomer, rowWith, thread, unique } from './support/people.ts'
import { test } from './support/server.ts'

const positions = async (page: Page, texts: string[]): Promise<number[]> => {
  const shown = await thread(page).locator('[data-item]').allInnerTexts()
  return texts.map((text) => shown.findIndex((item) => item.includes(text)))
}

test('what is written while the agent is offline comes in once and in order', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const { phone } = await openCustomer(browser, product, 'en', 2)
  const before = unique('Are you there?')
  const missed = [unique('One more thing'), unique('and another'), unique('and the last one')]
  await phone.write(before)
  await rowWith(agent.page, before).click()
  await expect(bubbleWith(agent.page, before)).toHaveCount(1)

  await agent.context.setOffline(true)
  await expect(agent.page.getByText(/No connection|Connecting…/)).toBeVisible()
  for (const text of missed) await phone.write(text)
  for (const text of missed) await expect(bubbleWith(agent.page, text)).toHaveCount(0)

  await agent.context.setOffline(false)
  for (const text of missed) await expect(bubbleWith(agent.page, text)).toHaveCount(1)
  const found = await positions(agent.page, [before, ...missed])
  expect(found).toEqual([...found].sort((a, b) => a - b))
  expect(found[0]).toBeGreaterThanOrEqual(0)
  await expect(rowWith(agent.page, missed[2] ?? '')).toHaveCount(1)
})
