import { expect, type Page } from '@playwright/test'
import sharp from 'sharp'
import { faults, faultsInBothSchemes } from './support/axe.ts'
import { Customer } from './support/customer.ts'
import { answer, bubbleWith, openAgent, openCustomer, rowWith, thread, unique } from './support/people.ts'
import { test } from './support/server.ts'

const attach = async (page: Page, thing: string) => {
  await page.getByRole('main').getByRole('button', { name: 'Send something else' }).click()
  await page.getByRole('menuitem', { name: thing, exact: true }).click()
}

const panel = (page: Page) => page.getByRole('complementary')
const status = (page: Page) => panel(page).getByRole('status').first()
/** Something goes wrong from now on, in one of its ways. */
const arm = (page: Page, trouble: string, until: string) =>
  panel(page).getByRole('group', { name: trouble }).getByRole('button', { name: until }).click()

/** An answer of the agent's is opened by keyboard, for what can be done with it. */
const openMoves = async (page: Page, text: string) => {
  await bubbleWith(page, text).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
}

const parcel = async () => ({
  name: 'parcel.png',
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c33' } })
    .png()
    .toBuffer(),
})

test('a picture from a phone is seen, and answers outlive a refusal and a token that is void', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const { phone, page, context } = await openCustomer(browser, product, 'en', 3)
  const question = unique('This came in the parcel:')
  await phone.write(question)
  await page
    .getByRole('main')
    .locator('input[type=file]')
    .setInputFiles(await parcel())
  const shown = phone.log.getByRole('img', { name: 'Photo' })
  await expect(shown).toHaveJSProperty('naturalWidth', 300)
  await rowWith(agent.page, phone.person.firstName).click()
  await expect(bubbleWith(agent.page, question)).toHaveCount(1)
  const picture = thread(agent.page).getByRole('button', { name: /^Open the picture/ })
  await expect(picture.getByRole('img')).toHaveJSProperty('complete', true)
  expect(
    await picture.getByRole('img').evaluate((img: HTMLImageElement) => img.naturalWidth),
  ).toBeGreaterThan(0)

  await panel(page).getByRole('radio', { name: 'Trouble' }).click()
  await arm(page, 'Asks to slow down: Telegram', 'Next message')
  await expect(status(page)).toContainText('1 thing goes wrong.')
  const reply = unique('Sorry, we send the right one today')
  await answer(agent.page, `<b>${reply}</b>`)
  await expect(phone.log.locator('strong').getByText(reply, { exact: true })).toHaveCount(1, {
    timeout: 20_000,
  })
  await expect(status(page)).toContainText('Everything works as it should.')
  // The refusal and what followed stay in the history.
  await bubbleWith(agent.page, reply)
    .getByRole('button', { name: /^Accepted/ })
    .click()
  const history = agent.page.getByRole('dialog', { name: 'Delivery history' })
  await expect(history).toContainText('Too Many Requests')
  await agent.page.keyboard.press('Escape')

  const edited = unique('Sorry, we send the right one tomorrow')
  await openMoves(agent.page, reply)
  await agent.page.getByRole('menuitem', { name: 'Edit' }).press('Enter')
  const input = agent.page.locator('[data-pane="thread"]').getByRole('textbox')
  await input.fill(edited)
  await input.press('Enter')
  await expect(phone.log.getByText(edited, { exact: true })).toBeVisible()
  await expect(phone.log.getByText(reply)).toHaveCount(0)
  await expect(bubbleWith(agent.page, edited).getByRole('button', { name: /^Edited/ })).toBeVisible()
  await openMoves(agent.page, edited)
  await agent.page.getByRole('menuitem', { name: 'Remove for everyone' }).press('Enter')
  await agent.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).press('Enter')
  await expect(phone.log.getByText(edited)).toHaveCount(0)

  await arm(page, 'The token is revoked: Telegram', 'Until I turn it off')
  await expect(status(page)).toContainText('1 thing goes wrong.')
  const [first, second] = [unique('It is with the courier'), unique('and comes on Friday')]
  await answer(agent.page, first)
  await answer(agent.page, second)
  await expect(bubbleWith(agent.page, first).getByRole('button', { name: /connected again/ })).toBeVisible()
  const meanwhile = unique('Are you there?')
  await phone.write(meanwhile)
  const channels = await agent.context.newPage()
  await channels.goto('/settings/channels')
  await expect(channels.getByText('Unauthorized')).toBeVisible()
  await expect(phone.log.getByText(first, { exact: true })).toHaveCount(0)

  await panel(page).getByRole('button', { name: 'All normal again' }).click()
  await expect(phone.log.getByText(second, { exact: true })).toHaveCount(1, { timeout: 20_000 })
  const said = await phone.log.getByText(/with the courier|comes on Friday/).allTextContents()
  expect(said).toEqual([first, second])
  await expect(bubbleWith(agent.page, meanwhile)).toHaveCount(1)
  await channels.reload()
  await expect(channels.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(channels.getByText('Unauthorized')).toHaveCount(0)
  await agent.context.close()
  await context.close()
})

test('on a phone of Instagram a message is liked and unsent by keyboard, and time runs out', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  const { page, phone, context } = await openCustomer(browser, product, 'en', 7)
  expect(phone.person.platform).toBe('instagram')
  const [text, kept] = [unique('Is it still there?'), unique('The blue one')]
  await phone.write(kept)
  await phone.write(text)
  await rowWith(agent.page, text).click()
  await expect(bubbleWith(agent.page, text)).toHaveCount(1)
  const reply = unique('Never mind')
  await answer(agent.page, reply)
  await expect(phone.log.getByText(reply, { exact: true })).toHaveCount(1)

  const more = (of: string) => page.getByRole('button', { name: `More about “${of}”` })
  await more(reply).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'React with ❤' }).press('Enter')
  await expect(phone.log.getByText('Your reaction: ❤')).toBeVisible()
  await expect(
    bubbleWith(agent.page, reply).getByRole('img', { name: 'The customer reacted with ❤' }),
  ).toBeVisible()
  await more(text).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Unsend' }).press('Enter')
  await expect(phone.log.getByText('Message unsent')).toBeVisible()
  await expect(phone.log.getByText(text, { exact: true })).toHaveCount(0)
  await expect(thread(agent.page).getByText('Removed by the customer')).toHaveCount(1)
  await expect(agent.page.getByText(text)).toHaveCount(0)
  await attach(page, 'Mention in a story')
  await expect(phone.log.getByText('Mention in a story')).toBeVisible()
  await expect(thread(agent.page).getByText('Mentioned you in their story')).toBeVisible()

  await panel(page).getByRole('radio', { name: 'Trouble' }).click()
  await panel(page).getByRole('button', { name: '+25 hours' }).click()
  await expect(panel(page).getByText('25 hours so far')).toBeVisible()
  await agent.page.reload()
  const closed = agent.page
    .locator('[data-pane="thread"]')
    .getByRole('status')
    .filter({ hasText: 'Instagram does not let you write now' })
  await expect(closed).toBeVisible()
  await expect(agent.page.locator('[data-pane="thread"]').getByRole('textbox')).toHaveCount(0)
  await phone.write(unique('I am back'))
  const late = unique('Welcome back')
  await answer(agent.page, late)
  await expect(phone.log.getByText(late, { exact: true })).toHaveCount(1)

  await arm(page, 'The token is revoked: Instagram', 'Until I turn it off')
  await expect(status(page)).toContainText('1 thing goes wrong.')
  const waiting = unique('The blue one is back')
  await answer(agent.page, waiting)
  await expect(bubbleWith(agent.page, waiting).getByRole('button', { name: /connected again/ })).toBeVisible()
  await panel(page).getByRole('button', { name: 'All normal again' }).click()
  await expect(status(page)).toContainText('Everything works as it should.')
  await expect(phone.log.getByText(waiting, { exact: true })).toHaveCount(1, { timeout: 20_000 })
  await agent.context.close()
  await context.close()
})

const media = (kind: 'photo' | 'voice' | 'video' | 'document' | 'sticker') => ({ do: 'media', kind }) as const

test('axe finds nothing on two full phones and among the troubles', async ({ page, product }) => {
  const onTelegram = await Customer.open(page.request, product, 'telegram', 5)
  const onInstagram = await Customer.open(page.request, product, 'instagram', 1)
  const said = await onTelegram.act({ do: 'text', text: unique('Is this the right size?') })
  await onTelegram.act({ do: 'text', text: 'https://example.com/sizes', replyTo: said.id })
  await onTelegram.act({ do: 'react', id: said.id, emoji: '👍' })
  for (const act of ['location', 'contact', 'other'] as const) await onTelegram.act({ do: act })
  for (const kind of ['photo', 'voice', 'video', 'document', 'sticker'] as const)
    for (const customer of [onTelegram, onInstagram]) await customer.act(media(kind))
  for (const act of ['story_mention', 'share', 'reel'] as const) await onInstagram.act({ do: act })
  const { id } = await onInstagram.act({ do: 'text', text: unique('Not this one') })
  await onInstagram.act({ do: 'unsend', id })

  const chats = `${onTelegram.person.chatId},${onInstagram.person.chatId}`
  for (const language of ['fa', 'en']) {
    await page.context().addCookies([{ name: 'peyk.locale', value: language, url: product.url }])
    await page.goto(`${product.url}/simulator?chats=${chats}`)
    await expect(page.getByRole('main').getByRole('log')).toHaveCount(2)
    await panel(page).getByRole('radio').last().click()
    // What is armed once stays so, whatever language the page speaks.
    if (language === 'fa') await panel(page).getByRole('group').getByRole('button').first().click()
    await expect(panel(page).getByRole('button', { pressed: true })).toHaveCount(1)
    expect(await faultsInBothSchemes(page), `wide, ${language}`).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await faults(page), `a phone, narrow, ${language}`).toEqual([])
    await page.getByRole('main').getByRole('radio').last().click()
    expect(await faults(page), `the troubles, narrow, ${language}`).toEqual([])
    await page.setViewportSize({ width: 1280, height: 720 })
  }
  await panel(page).getByRole('button', { name: 'All normal again' }).click()
  await expect(status(page)).toContainText('Everything works as it should.')
})
