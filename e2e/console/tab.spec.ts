import { expect, type Page } from '@playwright/test'
import { bubbleWith, openAgent, openCustomer, openNewcomer, rowWith, unique } from '../support/people.ts'
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

/** Keeps what the desktop is told and how many tones are played, which no browser shows to a test. */
const listenIn = (page: Page) =>
  page.addInitScript(() => {
    const heard = { notes: [] as Notification[], tones: 0 }
    Object.assign(window, { heard })
    const { createOscillator } = AudioContext.prototype
    AudioContext.prototype.createOscillator = function () {
      heard.tones++
      return createOscillator.call(this)
    }
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        heard.notes.push(this)
      }
    }
  })

type Listening = typeof window & { heard: { notes: Notification[]; tones: number } }
const notesOf = (page: Page) =>
  page.evaluate(() => (window as Listening).heard.notes.map(({ title, body }) => `${title}: ${body}`))

test('an agent who looks elsewhere is called by a tone and on the desktop, and led to the conversation', async ({
  browser,
  product,
}) => {
  const agent = await openAgent(browser, product)
  await agent.context.grantPermissions(['notifications'], { origin: product.url })
  await listenIn(agent.page)
  await agent.page.goto('/settings/profile')
  const desktop = agent.page.getByLabel('Desktop notifications', { exact: true })
  await expect(desktop.getByRole('radio', { name: 'Off' })).toBeChecked()
  await desktop.getByRole('radio', { name: 'Name and message' }).click()
  await expect(desktop.getByRole('radio', { name: 'Name and message' })).toBeChecked()
  await agent.page.reload()
  await expect(desktop.getByRole('radio', { name: 'Name and message' })).toBeChecked()

  const first = await openCustomer(browser, product, 'en', 3)
  const second = await openCustomer(browser, product, 'en', 2)
  const calling = unique('Can you look at my order?')
  await first.phone.write(calling)
  await expect.poll(() => notesOf(agent.page)).toEqual([expect.stringContaining(calling)])
  expect(await agent.page.evaluate(() => (window as Listening).heard.tones)).toBe(2)

  await agent.page.evaluate(() => (window as Listening).heard.notes[0]?.onclick?.(new Event('click')))
  await expect(bubbleWith(agent.page, calling)).toBeVisible()
  const seen = unique('And the second one')
  await first.phone.write(seen)
  await expect(bubbleWith(agent.page, seen)).toBeVisible()
  const other = unique('Somebody else here')
  await second.phone.write(other)
  await expect.poll(() => notesOf(agent.page)).toContainEqual(expect.stringContaining(other))
  expect(await notesOf(agent.page)).not.toContainEqual(expect.stringContaining(seen))
  for (const one of [agent.context, first.context, second.context]) await one.close()
})
