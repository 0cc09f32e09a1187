import { expect, type Locator } from '@playwright/test'
import { answer, bubbleWith, openAgent, openCustomer, rowWith, thread, unique } from './support/people.ts'
import { test } from './support/server.ts'

const middle = async (element: Locator): Promise<number> => {
  const box = await element.boundingBox()
  if (!box) throw new Error('It is not on the screen.')
  return box.x + box.width / 2
}

test('a Persian conversation runs from right to left, from the phone to the inbox and back', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product, 'fa')
  const { phone } = await openCustomer(browser, product, 'fa')
  const html = agent.page.locator('html')
  await expect(html).toHaveAttribute('dir', 'rtl')
  await expect(html).toHaveAttribute('lang', 'fa')
  const question = unique('سلام، سفارش PK-8412 کی می‌رسد؟')
  const reply = unique('سلام! فردا می‌رسد، ان‌شاءالله.')

  await phone.write(question)
  await rowWith(agent.page, question).click()
  await answer(agent.page, reply)

  await expect(rowWith(agent.page, reply)).toHaveCount(1)
  await expect(phone.log.getByText(reply, { exact: true })).toHaveCount(1)
  const words = bubbleWith(agent.page, reply).getByText(reply, { exact: true })
  await expect(words).toHaveCSS('direction', 'rtl')
  const [own, theirs] = [words, bubbleWith(agent.page, question).getByText(question, { exact: true })]
  expect(await middle(own)).toBeLessThan(await middle(thread(agent.page)))
  expect(await middle(theirs)).toBeGreaterThan(await middle(thread(agent.page)))
})
