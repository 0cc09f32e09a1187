import { expect, type Page } from '@playwright/test'
import { answer, bubbleWith, openAgent, openCustomer, rowWith, unique } from '../support/people.ts'
import { test } from '../support/server.ts'

const note = (page: Page) => page.getByRole('log').getByText('The customer has blocked the bot.')

test('an answer that a customer has blocked says why, and arrives once they unblock and it is tried again', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const { phone, page: simulator, context } = await openCustomer(browser, product, 'en', 4)
  const question = unique('Are you still there?')
  const reply = unique('Always, and at your service')
  await phone.write(question)
  await rowWith(agent.page, question).click()
  await expect(bubbleWith(agent.page, question)).toHaveCount(1)

  await simulator.getByRole('main').getByRole('button', { name: 'Block this bot' }).click()
  await expect(simulator.getByText('You have blocked this bot.')).toBeVisible()
  await answer(agent.page, reply)
  await expect(note(agent.page)).toBeVisible()
  await expect(rowWith(agent.page, reply)).toContainText('Not delivered.')
  await expect(phone.log.getByText(reply, { exact: true })).toHaveCount(0)

  await simulator.getByRole('main').getByRole('button', { name: 'Unblock' }).first().click()
  await expect(simulator.getByText('You have blocked this bot.')).toHaveCount(0)
  await bubbleWith(agent.page, reply).getByRole('button', { name: 'Retry' }).click()
  await expect(phone.log.getByText(reply, { exact: true })).toHaveCount(1)
  await expect(note(agent.page)).toHaveCount(0)

  // Both attempts stay in the history: the new one hides nothing.
  await bubbleWith(agent.page, reply)
    .getByRole('button', { name: /^Accepted/ })
    .click()
  const history = agent.page.getByRole('dialog', { name: 'Delivery history' })
  await expect(history.getByRole('listitem')).toHaveCount(3)
  await expect(history).toContainText('bot was blocked by the user')
  await agent.page.keyboard.press('Escape')
  await expect(history).toHaveCount(0)
  await agent.context.close()
  await context.close()
})
