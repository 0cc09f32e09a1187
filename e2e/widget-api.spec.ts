import { expect, type Page } from '@playwright/test'
import { answer, bubbleWith, openAgent, rowWith, unique } from './support/people.ts'
import { test } from './support/server.ts'
import { Site, Visitor } from './support/website.ts'

type Heard = [name: string, detail: unknown]
interface Watched {
  heard: Heard[]
  shift: number
  chimes: number
  isHidden: boolean
  peyk: ((...call: unknown[]) => void) & { q?: unknown[] }
}

/** Before anything of the page runs: listeners in the queue, an ear for sounds, an eye for whatever moves. */
const watch = () => {
  const page = window as unknown as Watched
  Object.assign(page, { heard: [], shift: 0, chimes: 0, isHidden: false })
  const Audio = window.AudioContext
  window.AudioContext = class extends Audio {
    constructor() {
      super()
      page.chimes++
    }
  }
  if (window !== window.top) return
  page.peyk = (...call) => {
    page.peyk.q = [...(page.peyk.q ?? []), call]
  }
  for (const name of ['open', 'close', 'message', 'sent', 'unread'])
    page.peyk('on', name, (detail: unknown) => page.heard.push([name, detail]))
  Object.defineProperty(document, 'hidden', { get: () => page.isHidden })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) page.shift += (entry as unknown as { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
}

const call = (page: Page, ...given: unknown[]) =>
  page.evaluate((said) => (window as unknown as Watched).peyk(...said), given)
const heard = (page: Page, name: string) =>
  page.evaluate(
    (event) =>
      (window as unknown as Watched).heard.filter(([one]) => one === event).map(([, detail]) => detail),
    name,
  )
const turn = (page: Page, isHidden: boolean) =>
  page.evaluate((hidden) => {
    Object.assign(window, { isHidden: hidden })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
const chimes = (page: Page) => page.frames()[1]?.evaluate(() => (window as unknown as Watched).chimes)

test('a strict page drives the widget from its own scripts, hears of everything, and nothing of it moves', async ({
  browser,
  product,
}) => {
  const site = await Site.open(product)
  const agent = await openAgent(browser, product)
  const visitor = await Visitor.open(browser, 'about:blank')
  const { page, launcher, chat } = visitor
  await page.addInitScript(watch)
  await page.goto(site.origin)

  await expect(launcher).toBeVisible()
  await call(page, 'hide')
  await expect(launcher).toBeHidden()
  await call(page, 'show')
  await call(page, 'open')
  await expect(chat.getByRole('dialog')).toBeVisible()
  const question = unique('Do you wrap gifts?')
  await visitor.write(question)
  await expect(visitor.bubble(question)).toHaveCount(1)
  await expect.poll(() => heard(page, 'sent')).toEqual([{ id: expect.any(String) }])
  await chat.getByRole('button', { name: 'Sound for new messages' }).click()
  await expect.poll(() => chimes(page)).toBe(1)
  await call(page, 'close')
  await expect(chat.getByRole('dialog')).toBeHidden()

  await turn(page, true)
  await rowWith(agent.page, question).click()
  const reply = unique('in paper')
  await answer(agent.page, `<b>Yes</b>, ${reply}\u202E`)
  await expect(page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeVisible()
  await expect(page.getByRole('status').getByText(`Yes, ${reply}`, { exact: true })).toBeVisible()
  await expect(page).toHaveTitle('(1) Blue shop')
  await expect.poll(() => chimes(page)).toBe(2)
  expect(await heard(page, 'message')).toEqual([{ id: expect.any(String), from: 'agent' }])
  expect(await heard(page, 'unread')).toContain(1)
  await turn(page, false)
  await expect(page).toHaveTitle('Blue shop')

  await call(page, 'open')
  await expect(visitor.log.locator('.bubble').filter({ hasText: reply }).locator('b')).toHaveText('Yes')
  await bubbleWith(agent.page, question).focus()
  await agent.page.keyboard.press('Enter')
  await agent.page.getByRole('menuitemcheckbox', { name: 'React with 🎉' }).press('Enter')
  await expect(visitor.log.getByRole('img', { name: 'Reacted with 🎉' })).toBeVisible()

  await call(page, 'identify', { token: await site.prove('7') })
  await expect(visitor.bubble(question)).toHaveCount(0)
  const mine = unique('Where is my order?')
  await visitor.write(mine)
  await expect(visitor.bubble(mine)).toHaveCount(1)
  await call(page, 'reset')
  await expect(launcher).toBeVisible()
  await call(page, 'open')
  await expect(chat.getByRole('textbox')).toBeVisible()
  await expect(visitor.log.locator('.row.own')).toHaveCount(0)
  expect(await heard(page, 'open')).toHaveLength(4)
  expect(await page.evaluate(() => (window as unknown as Watched).shift)).toBe(0)
  await agent.context.close()
  await site.close()
})
