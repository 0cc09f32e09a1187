import { expect } from '@playwright/test'
import { faults } from './support/axe.ts'
import { answer, bubbleWith, openAgent, rowWith, unique } from './support/people.ts'
import { test } from './support/server.ts'
import { Site, signAs, Visitor } from './support/website.ts'

test('a visitor of a strict foreign page writes, an agent answers, and both go on after a cut', async ({
  browser,
  product,
}) => {
  const site = await Site.open(product)
  const agent = await openAgent(browser, product)
  const visitor = await Visitor.open(browser, site.origin)
  const [question, reply] = [unique('Is the blue one in stock?'), unique('Two are left')]

  await visitor.launcher.click()
  await expect(visitor.chat.getByText('We’re here')).toBeVisible()
  await visitor.write(question)
  await expect(visitor.bubble(question)).toHaveCount(1)
  await expect(visitor.log.getByText('Sent', { exact: true })).toBeVisible()
  await rowWith(agent.page, question).click()
  await expect(bubbleWith(agent.page, question)).toHaveCount(1)
  await expect(visitor.log.getByText('Read', { exact: true })).toBeVisible()

  await visitor.chat.getByRole('textbox').pressSequentially('and')
  await expect(agent.page.getByText(/is typing/).first()).toBeVisible()
  await agent.page.locator('[data-pane="thread"]').getByRole('textbox').pressSequentially('Two')
  await expect(visitor.log.locator('.typing')).toBeVisible()
  await answer(agent.page, reply)
  await expect(visitor.bubble(reply)).toHaveCount(1)
  await expect(visitor.log.locator('.typing')).toHaveCount(0)

  const [late, offline] = [unique('While you were away'), unique('Are you still there?')]
  await visitor.page.context().setOffline(true)
  await answer(agent.page, late)
  await visitor.write(offline)
  await expect(visitor.log.locator('.pending')).toHaveCount(1)
  await visitor.page.context().setOffline(false)
  await expect(visitor.bubble(late)).toHaveCount(1)
  await expect(visitor.bubble(offline)).toHaveCount(1)
  await expect(bubbleWith(agent.page, offline)).toHaveCount(1)

  await visitor.page.reload()
  await visitor.launcher.click()
  for (const text of [question, reply, late, offline]) await expect(visitor.bubble(text)).toHaveCount(1)
  await site.close()
})

test('an answer is announced on the closed launcher, and gone once it is read; the keyboard goes in and out', async ({
  browser,
  product,
}) => {
  const site = await Site.open(product)
  const agent = await openAgent(browser, product)
  const visitor = await Visitor.open(browser, site.origin)
  const [question, reply] = [unique('Hello there'), unique('Good day to you')]
  await visitor.launcher.focus()
  await visitor.page.keyboard.press('Enter')
  await expect(visitor.chat.getByRole('textbox')).toBeFocused()
  await visitor.write(question)
  await expect(visitor.bubble(question)).toHaveCount(1)
  await visitor.page.keyboard.press('Escape')
  await expect(visitor.launcher).toBeFocused()

  await rowWith(agent.page, question).click()
  await answer(agent.page, reply)
  await expect(visitor.page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeVisible()
  await visitor.page.getByRole('status').getByRole('button').filter({ hasText: reply }).click()
  await expect(visitor.bubble(reply)).toBeInViewport()
  await expect(visitor.page.getByRole('button', { name: 'Close chat' })).toBeVisible()
  await expect.poll(() => site.seenUpTo()).toBe(2)
  await visitor.page.keyboard.press('Escape')
  await expect(visitor.page.getByRole('button', { name: 'Open chat', exact: true })).toBeVisible()
  await site.close()
})

test('nobody gets in from another page, and nobody as somebody else', async ({ browser, product }) => {
  const stranger = await Site.open(product, { isAllowed: false })
  const refused = await Visitor.open(browser, 'about:blank')
  const warned = refused.page.waitForEvent(
    'console',
    (message) => message.text().startsWith('Peyk:') || /CORS/.test(message.text()),
  )
  await refused.page.goto(stranger.origin)
  await warned
  await expect(refused.launcher).toHaveCount(0)
  await stranger.close()

  const site = await Site.open(product)
  await site.change({ isIdentityEnforced: true })
  const visitor = await Visitor.open(browser, 'about:blank')
  const enforced = visitor.page.waitForEvent('console', (message) => message.text().includes('identified'))
  await visitor.page.goto(site.origin)
  await enforced
  const identify = (token: string) =>
    visitor.page.evaluate(
      (proof) => (window as unknown as { peyk(...call: unknown[]): void }).peyk('identify', { token: proof }),
      token,
    )
  const forged = visitor.page.waitForEvent('console', (message) => message.text().includes('not proved'))
  await identify(await signAs('7', 'a-secret-that-somebody-made-up-themselves'))
  await forged
  await expect(visitor.launcher).toHaveCount(0)
  await identify(await site.prove('7'))
  await visitor.launcher.click()
  const mine = unique('my order')
  await visitor.write(mine)
  await expect(visitor.bubble(mine)).toHaveCount(1)
  await identify(await site.prove('8'))
  await expect(visitor.chat.getByRole('textbox')).toBeVisible()
  await expect(visitor.bubble(mine)).toHaveCount(0)
  await site.close()
})

test('a visitor sends a file with a word, and nobody without their token does', async ({
  browser,
  product,
}) => {
  const site = await Site.open(product)
  const visitor = await Visitor.open(browser, site.origin)
  await visitor.launcher.click()
  const list = { name: 'لیست خرید.txt', mimeType: 'text/plain', buffer: Buffer.from('one teapot') }
  await visitor.chat.getByLabel('Attach a file').setInputFiles(list)
  await expect(visitor.chat.getByRole('button', { name: `Remove ${list.name}` })).toBeVisible()
  const word = unique('Here is my list')
  await visitor.write(word)
  await expect(visitor.bubble(word)).toHaveCount(1)
  await expect(visitor.log.getByRole('link', { name: `Download ${list.name}` })).toHaveCount(1)
  expect(await site.told(word)).toMatchObject({
    content: word,
    attachments: [{ name: list.name, state: 'ready' }],
  })
  const forged = { data: 'x', headers: { authorization: 'Bearer x', origin: new URL(product.url).origin } }
  expect((await visitor.page.request.post(`${product.url}/widget/files?name=a`, forged)).status()).toBe(401)
  await site.close()
})

for (const lang of ['fa', 'en'] as const)
  test(`the demo’s shop shows the widget in its own language, without a fault for assistive technology: ${lang}`, async ({
    browser,
    product,
  }) => {
    const visitor = await Visitor.open(browser, `${product.url}/demo-shop?lang=${lang}`)
    await expect(visitor.launcher).toBeVisible()
    expect(await faults(visitor.page)).toEqual([])
    await visitor.launcher.click()
    const question = unique(lang === 'fa' ? 'قوری سفالی دارید؟' : 'Do you ship abroad? See www.shop.example.')
    await visitor.write(question)
    await expect(visitor.log.locator('.row.own:not(.pending)')).toHaveCount(1)
    await expect(visitor.chat.locator('html')).toHaveAttribute('dir', lang === 'fa' ? 'rtl' : 'ltr')
    expect(await faults(visitor.page)).toEqual([])
    await visitor.page.emulateMedia({ colorScheme: 'dark' })
    await visitor.page.setViewportSize({ width: 390, height: 800 })
    await expect(visitor.chat.getByRole('dialog')).toBeInViewport({ ratio: 1 })
    expect(await faults(visitor.page)).toEqual([])
  })
