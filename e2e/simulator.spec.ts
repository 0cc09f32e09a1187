import { expect, type Page } from '@playwright/test'
import { answer, bubbleWith, openAgent, openCustomer, rowWith, unique } from './support/people.ts'
import { test } from './support/server.ts'

const attach = async (page: Page, thing: string) => {
  await page.getByRole('main').getByRole('button', { name: 'Send something else' }).click()
  await page.getByRole('menuitem', { name: thing, exact: true }).click()
}

test('a photo from a phone of Telegram is seen and answered, and an answer that is refused for now waits', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const { phone, page, context } = await openCustomer(browser, product, 'en', 3)
  const question = unique('This came in the parcel:')
  await phone.write(question)
  await attach(page, 'Photo')
  await expect(phone.log.getByRole('img', { name: 'Photo' })).toHaveJSProperty('complete', true)
  const row = rowWith(agent.page, phone.person.firstName)
  await expect(row).toContainText('Photo')
  await row.click()
  await expect(bubbleWith(agent.page, question)).toHaveCount(1)

  const trouble = page.getByRole('complementary')
  await trouble.getByRole('radio', { name: 'Trouble' }).click()
  const slow = trouble.getByRole('group', { name: 'Asks to slow down: telegram' })
  await slow.getByRole('button', { name: 'Next message' }).click()
  await expect(trouble.getByRole('status').first()).toContainText('1 thing goes wrong.')
  const reply = unique('Sorry, we send the right one today')
  await answer(agent.page, reply)
  await expect(phone.log.getByText(reply, { exact: true })).toHaveCount(1, { timeout: 20_000 })
  await expect(trouble.getByRole('status').first()).toContainText('Everything works as it should.')

  // The refusal and what followed stay in the history.
  await bubbleWith(agent.page, reply)
    .getByRole('button', { name: /^Accepted/ })
    .click()
  const history = agent.page.getByRole('dialog', { name: 'Delivery history' })
  await expect(history).toContainText('Too Many Requests')
  await agent.context.close()
  await context.close()
})

test('on a phone of Instagram a message is answered, liked and unsent, by keyboard alone', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const { page, phone, context } = await openCustomer(browser, product, 'en', 7)
  expect(phone.person.platform).toBe('instagram')
  const text = unique('Is it still there?')
  await phone.write(text)
  await rowWith(agent.page, text).click()
  await expect(bubbleWith(agent.page, text)).toHaveCount(1)
  const more = page.getByRole('button', { name: `More about “${text}”` })
  await more.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'React with ❤' }).press('Enter')
  await expect(phone.log.getByText('Your reaction: ❤')).toBeVisible()
  await more.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Unsend' }).press('Enter')
  await expect(phone.log.getByText('Message unsent')).toBeVisible()
  await expect(phone.log.getByText(text, { exact: true })).toHaveCount(0)
  const reply = unique('Never mind')
  await answer(agent.page, reply)
  await expect(phone.log.getByText(reply, { exact: true })).toHaveCount(1)
  await attach(page, 'Mention in a story')
  await expect(phone.log.getByText('Mention in a story')).toBeVisible()
  await agent.context.close()
  await context.close()
})
