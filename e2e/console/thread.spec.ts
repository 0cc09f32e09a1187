import { expect, type Locator, type Page } from '@playwright/test'
import { faults } from '../support/axe.ts'
import { Customer } from '../support/customer.ts'
import { answer, bubbleWith, openAgent, rowWith, thread, unique } from '../support/people.ts'
import { test } from '../support/server.ts'

const media = (kind: 'voice' | 'audio' | 'video' | 'round_video' | 'sticker' | 'document') =>
  ({ do: 'media', kind }) as const
const pane = (page: Page) => page.locator('[data-pane="thread"]')
const input = (page: Page) => pane(page).getByRole('textbox')

/** By what it is called, and so by its own words alone. */
const rowOf = (page: Page, words: string) => thread(page).getByRole('article', { name: words })

const idOf = async (page: Page, words: string) =>
  (await rowOf(page, words).getAttribute('data-message')) ?? ''

/** Puts the keyboard on a message and opens what can be done with it. */
const openMoves = async (page: Page, bubble: Locator) => {
  await bubble.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
}

test('whatever comes by Telegram is shown, answered, changed and taken back, by keyboard', async ({
  browser,
  product,
}) => {
  test.setTimeout(120_000)
  const agent = await openAgent(browser, product)
  const { page } = agent
  const customer = await Customer.open(page.request, product, 'telegram', 3)
  const [question, second] = [unique('Do you ship to Osaka?'), unique('And how long does it take?')]

  const asked = await customer.act({ do: 'text', text: question })
  await customer.act({ do: 'text', text: second, replyTo: asked.id })
  for (const kind of ['voice', 'audio', 'video', 'round_video', 'sticker', 'document'] as const)
    await customer.act(media(kind))
  await customer.act({ do: 'location' })
  await customer.act({ do: 'contact' })
  await customer.act({ do: 'other' })
  await customer.act({ do: 'album', files: [] })
  await rowWith(page, customer.person.firstName).click()

  const log = thread(page)
  const first = page.locator(`[data-message="${await idOf(page, question)}"]`)
  const quoting = rowOf(page, second)
  await expect(quoting.getByRole('button', { name: /Show the message that was answered/ })).toContainText(
    question,
  )
  await expect(log.locator('audio')).toHaveCount(2)
  await expect(log.locator('video')).toHaveCount(2)
  await expect(log.getByRole('link', { name: /^Download / })).toHaveCount(1)
  await expect(log.getByRole('link', { name: 'Open the map' })).toHaveAttribute('href', /openstreetmap\.org/)
  await expect(log.getByRole('link', { name: '+982100000000' })).toHaveAttribute('href', 'tel:+982100000000')
  await expect(log.getByText('A message that cannot be shown here (hologram)')).toBeVisible()
  const album = log.locator('[data-members]')
  await expect(album).toHaveCount(1)
  await expect(album.getByRole('img')).toHaveCount(3)

  await first.focus()
  await expect(first).toHaveAccessibleName(new RegExp(`^Customer, \\d\\d:\\d\\d: .?${question.slice(0, 12)}`))
  await page.keyboard.press('r')
  await expect(pane(page).getByRole('region', { name: 'Replying' })).toContainText(question)
  const reply = unique('in three days')
  await input(page).fill(`<b>Yes</b>, ${reply} <u>1 < 2`)
  await input(page).press('Enter')
  const answered = log.locator('[data-item]').filter({ hasText: reply })
  await expect(answered.locator('strong')).toHaveText('Yes')
  await expect(answered).toContainText('<u>1 < 2')
  await expect(answered.locator('u')).toHaveCount(0)
  const text = `Yes, ${reply} <u>1 < 2`
  await expect.poll(async () => (await customer.reads(text))?.replyTo).toBe(asked.id)

  const sent = await customer.reads(text)
  await customer.act({ do: 'react', id: sent?.id ?? '', emoji: '👍' })
  await expect(answered.getByRole('img', { name: 'The customer reacted with 👍' })).toBeVisible()
  await openMoves(page, first)
  await page.getByRole('menuitemcheckbox', { name: 'React with ❤' }).press('Enter')
  await expect(first.getByRole('button', { name: /^Your team reacted with ❤/ })).toBeVisible()
  const onPhone = async (words: string) => (await customer.reads(words))?.reactions.business
  await expect.poll(() => onPhone(question)).toBe('❤')
  await customer.act({ do: 'react', id: sent?.id ?? '', emoji: null })
  await expect(answered.getByRole('img', { name: /reacted/ })).toHaveCount(0)

  const corrected = unique('Do you ship to Kyoto?')
  await customer.act({ do: 'edit', id: asked.id, text: corrected })
  const edited = rowOf(page, corrected)
  await edited.getByRole('button', { name: /^Edited/ }).press('Enter')
  await expect(page.getByRole('dialog', { name: 'What it said before' })).toContainText(question)
  await page.keyboard.press('Escape')
  await expect(quoting.getByRole('button', { name: /Show the message/ })).toContainText(corrected)

  await input(page).press('ArrowUp')
  await input(page).fill('a'.repeat(4_097))
  await expect(pane(page).getByRole('alert')).toContainText('Too long by one character for one message')
  const mended = unique('In two days, to Kyoto')
  await input(page).fill(mended)
  await input(page).press('Enter')
  await expect(bubbleWith(page, mended).getByRole('button', { name: /^Edited/ })).toBeVisible()
  await expect.poll(async () => (await customer.reads(mended))?.edited).toBe(true)

  const tick = bubbleWith(page, mended).getByRole('button', { name: /^Accepted by Telegram/ })
  await tick.focus()
  await page.keyboard.press('Enter')
  const history = page.getByRole('dialog', { name: 'Delivery history' })
  await expect(history).toContainText(
    /Attempt 1: Telegram accepted it.*Edited.*Attempt 1: Telegram accepted it/,
  )
  await page.keyboard.press('Escape')
  await expect(tick).toBeFocused()

  await openMoves(page, bubbleWith(page, mended))
  await page.getByRole('menuitem', { name: 'Remove for everyone' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).press('Enter')
  await expect(log.getByText('Removed for everyone by your team')).toBeVisible()
  await expect.poll(() => customer.reads(mended)).toBeUndefined()
  await expect(page.getByText(mended)).toHaveCount(0)

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await faults(page), `the thread, ${colorScheme}`).toEqual([])
  }
  await customer.block(true)
  await expect(pane(page).getByRole('note')).toContainText('This customer has blocked the bot.')
  await page.goto(`${page.url()}?details=1`)
  await expect(page.getByRole('complementary').getByText('Blocked the bot', { exact: true })).toBeVisible()
  expect(await faults(page), 'a customer out of reach').toEqual([])
  await customer.block(false)
  await expect(page.getByText('Blocked the bot', { exact: true })).toHaveCount(0)
  await agent.context.close()
})

test('whatever comes by Instagram is shown in Persian, and what is unsent is gone everywhere', async ({
  browser,
  product,
}) => {
  test.setTimeout(120_000)
  const agent = await openAgent(browser, product, 'fa')
  const { page } = agent
  const customer = await Customer.open(page.request, product, 'instagram', 4)
  const [secret, said] = [unique('شمارهٔ کارتم را بردارید'), unique('سلام، این رنگ را دارید؟')]
  const unsent = await customer.act({ do: 'text', text: secret })
  await customer.act({ do: 'text', text: said, replyTo: unsent.id })
  const photo = await customer.act({ do: 'album', files: [] })
  await customer.act(media('voice'))
  await customer.act(media('video'))
  for (const act of ['story_mention', 'share', 'reel', 'other'] as const) await customer.act({ do: act })
  await customer.act({ do: 'story_reply', text: '😍' })
  await rowWith(page, customer.person.firstName).click()

  const log = thread(page)
  await expect(bubbleWith(page, said).getByRole('button', { name: /دیدن پیامی/ })).toContainText(secret)
  await expect(log.locator('audio')).toHaveCount(1)
  for (const words of [
    'پاسخ به استوری شما',
    'از شما در استوری‌اش نام برد',
    'یک ریلز فرستاد',
    'پیامی که اینجا نشان‌دادنی نیست',
  ])
    await expect(log.getByText(words)).toBeVisible()
  await expect(log.getByText('پست فروشگاه')).toBeVisible()
  const row = bubbleWith(page, said)
  await row.focus()
  await expect(row).toHaveAccessibleName(/^مشتری، [۰-۹]{2}:[۰-۹]{2}: .?سلام، این رنگ/)

  await input(page).fill('س'.repeat(480))
  await expect(pane(page).getByText('۴۰ بایت تا پر شدن یک پیام')).toBeVisible()
  await input(page).fill(`${'س'.repeat(480)} ${'ب'.repeat(40)}`)
  await expect(pane(page).getByText('در ۲ پیام فرستاده می‌شود')).toBeVisible()
  await input(page).press('Enter')
  await expect(bubbleWith(page, 'س'.repeat(480))).toHaveCount(1)
  await expect(bubbleWith(page, 'ب'.repeat(40))).toHaveCount(1)
  await expect.poll(() => customer.reads('ب'.repeat(40))).toBeTruthy()
  await customer.act({ do: 'seen' })
  await expect(bubbleWith(page, 'ب'.repeat(40)).getByRole('button', { name: /^خوانده شد/ })).toBeVisible()

  const pictures = log.getByRole('button', { name: /^باز کردن تصویر/ })
  await expect(pictures).toHaveCount(5)
  await customer.act({ do: 'unsend', id: unsent.id })
  await customer.act({ do: 'unsend', id: photo.id })
  await expect(log.getByText('مشتری این پیام را پاک کرد')).toHaveCount(2)
  await expect(page.getByText(secret)).toHaveCount(0)
  await expect(pictures).toHaveCount(3)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await faults(page), `the thread, ${colorScheme}`).toEqual([])
  }
  const back = unique('ممنون')
  await answer(page, back)
  await expect.poll(() => customer.reads(back)).toBeTruthy()
  await agent.context.close()
})
