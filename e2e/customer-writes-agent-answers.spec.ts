import { expect } from '@playwright/test'
import { answer, bubbleWith, openAgent, openCustomer, rowWith, unique } from './support/people.ts'
import { test } from './support/server.ts'

test('what a customer writes is on the agent’s screen at once, and the answer on the customer’s phone', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const { phone } = await openCustomer(browser, product, 'en')
  await agent.page.evaluate(() => Object.assign(window, { isSamePage: true }))
  const question = unique('Is the blue one in stock?')
  const reply = unique('Two are left, shall I keep one?')

  await phone.write(question)
  await rowWith(agent.page, question).click()
  await expect(bubbleWith(agent.page, question)).toHaveCount(1)

  await answer(agent.page, reply)
  await expect(bubbleWith(agent.page, reply)).toHaveCount(1)
  await expect(phone.log.getByText(reply, { exact: true })).toHaveCount(1)
  await expect(rowWith(agent.page, reply)).toHaveCount(1)
  expect(await agent.page.evaluate(() => 'isSamePage' in window)).toBe(true)

  await agent.page.reload()
  await expect(bubbleWith(agent.page, question)).toHaveCount(1)
  await expect(bubbleWith(agent.page, reply)).toHaveCount(1)
})
