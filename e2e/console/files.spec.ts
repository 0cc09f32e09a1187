import { expect, type Page } from '@playwright/test'
import sharp from 'sharp'
import { faults } from '../support/axe.ts'
import { openAgent, openCustomer, rowWith, unique } from '../support/people.ts'
import { test } from '../support/server.ts'

const photo = async (name: string) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 1_200, height: 800, channels: 3, background: '#2a8' } })
    .jpeg()
    .toBuffer(),
})
const page = {
  name: 'prices.html',
  mimeType: 'text/html',
  buffer: Buffer.from('<script>document.title = 1</script>'),
}

// A picture is loaded when it comes into view, and others may have written below it meanwhile.
const naturalWidth = async (page: Page, name: string) => {
  const image = page.getByRole('img', { name })
  await image.scrollIntoViewIfNeeded()
  return image.evaluate((shown: HTMLImageElement) => shown.naturalWidth)
}

test('an agent sends a picture and a file, and a colleague sees them', async ({ browser, product }) => {
  const agent = await openAgent(browser, product)
  const colleague = await openAgent(browser, product, 'fa')
  const { phone, context } = await openCustomer(browser, product, 'en')
  const words = unique('Show me')
  await phone.write(words)
  for (const one of [agent, colleague]) await rowWith(one.page, words).click()

  await agent.page.getByTestId('files').setInputFiles([await photo('holiday.jpg'), page])
  const tray = agent.page.getByRole('list', { name: 'Files to be sent' })
  await expect(tray.getByRole('listitem')).toHaveCount(2)
  await expect(tray.getByRole('progressbar')).toHaveCount(0)
  const caption = unique('This one')
  const input = agent.page.getByRole('textbox', { name: /^Reply/ })
  await input.fill(caption)
  await input.press('Enter')
  await expect(tray).toHaveCount(0)

  for (const one of [agent, colleague]) {
    await expect(one.page.getByText(caption).first()).toBeVisible()
    await expect.poll(() => naturalWidth(one.page, 'holiday.jpg')).toBe(480)
  }

  const picture = agent.page.getByRole('button', { name: 'Open the picture holiday.jpg' })
  await picture.focus()
  await agent.page.keyboard.press('Enter')
  const opened = agent.page.getByRole('dialog', { name: 'holiday.jpg' })
  await expect
    .poll(() => opened.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1_200)
  await agent.page.keyboard.press('Escape')
  await expect(opened).toHaveCount(0)
  await expect(picture).toBeFocused()

  const link = colleague.page.getByRole('link', { name: /prices\.html/ })
  const [download] = await Promise.all([colleague.page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toBe('prices.html')
  const file = await colleague.page.request.get((await link.getAttribute('href')) ?? '')
  expect(file.headers()).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(/^attachment/),
    'content-security-policy': expect.stringContaining('sandbox'),
  })
  for (const one of [agent, colleague]) expect(await faults(one.page)).toEqual([])
  for (const one of [agent.context, colleague.context, context]) await one.close()
})

test('what does not get through is tried again or taken away', async ({ browser, product }) => {
  const agent = await openAgent(browser, product)
  const { phone, context } = await openCustomer(browser, product, 'en')
  const words = unique('Send it')
  await phone.write(words)
  await rowWith(agent.page, words).click()
  const tray = agent.page.getByRole('list', { name: 'Files to be sent' })

  await agent.page.route('**/uploads/**', (route) => route.abort())
  await agent.page.getByTestId('files').setInputFiles([await photo('harbour.jpg'), page])
  await expect(tray.getByRole('alert')).toHaveText(['The connection broke off', 'The connection broke off'])
  const input = agent.page.getByRole('textbox', { name: /^Reply/ })
  await input.fill('not yet')
  await input.press('Enter')
  await expect(input).toHaveValue('not yet')

  await agent.page.unroute('**/uploads/**')
  await tray.getByRole('button', { name: 'Try harbour.jpg again' }).click()
  await tray.getByRole('button', { name: 'Remove prices.html' }).click()
  await expect(tray.getByRole('alert')).toHaveCount(0)
  await expect(tray.getByRole('listitem')).toHaveCount(1)
  await expect(tray.getByRole('progressbar')).toHaveCount(0)
  await input.press('Enter')
  await expect(agent.page.getByRole('img', { name: 'harbour.jpg' })).toBeVisible()
  for (const one of [agent.context, context]) await one.close()
})
