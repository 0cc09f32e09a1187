import { expect, type Page } from '@playwright/test'
import { bubbleWith, openAgent, rowWith, unique } from '../support/people.ts'
import { test } from '../support/server.ts'

/** Presses Tab until the focus is on an element that matches. */
const tabTo = async (page: Page, selector: string) => {
  for (let presses = 0; presses < 40; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${selector}.`)
}

/** Whether what has the focus can be seen to have it. */
const showsFocus = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return false
    const isRinged = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    }
    // The composer's frame shows the focus of the text inside it.
    return isRinged(element) || element.matches('textarea, input')
  })

const focused = (page: Page) => page.locator('*:focus')

test('somebody without a mouse signs in, finds, reads, answers, resolves and looks around', async ({
  browser,
  product,
}) => {
  const context = await browser.newContext({ baseURL: product.url })
  await context.addCookies([{ name: 'peyk.locale', value: 'en', url: product.url }])
  const page = await context.newPage()
  await page.goto('/login')
  await tabTo(page, 'input:not([type=password])')
  await page.keyboard.type(product.demo.login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(product.demo.password)
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-conversation]').first()).toBeVisible()

  // The list is one stop for Tab; arrows walk in it, Enter opens and leads to the answer.
  await tabTo(page, '[data-conversation]')
  expect(await showsFocus(page)).toBe(true)
  await page.keyboard.press('ArrowDown')
  await expect(focused(page)).toHaveAttribute('data-conversation', /\w+/)
  const name = (await focused(page).locator('[dir=auto]').first().textContent()) ?? ''
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-pane="thread"] h2')).toHaveText(name)
  await expect(focused(page)).toHaveRole('textbox')

  const words = unique('Written without a mouse')
  await page.keyboard.type(words)
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('in two lines')
  await page.keyboard.press('Enter')
  await expect(rowWith(page, words)).toHaveCount(1)
  await expect(focused(page)).toHaveRole('textbox')
  await expect(focused(page)).toHaveValue('')

  // Escape leads back to the list, and keys go on from there.
  await page.keyboard.press('Escape')
  await expect(focused(page)).toHaveAttribute('aria-current', 'page')
  const here = page.url()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(here)
  await page.keyboard.press('k')
  await expect(page).toHaveURL(here)
  await expect(page.locator('[data-pane="thread"] h2')).toHaveText(name)
  await page.keyboard.press('e')
  await expect(page.getByRole('button', { name: 'Reopen' })).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByRole('button', { name: 'Resolve' })).toBeVisible()
  await page.keyboard.press('r')
  await expect(focused(page)).toHaveRole('textbox')
  await context.close()
})

test('what opens above the page closes with Escape and gives the focus back', async ({
  browser,
  product,
}) => {
  const { page, context } = await openAgent(browser, product)
  await expect(page.locator('[data-conversation]').first()).toBeVisible()
  await tabTo(page, '[data-conversation]')
  const row = await focused(page).getAttribute('data-conversation')
  await page.keyboard.press('Shift+Slash')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/\/inbox$/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(focused(page)).toHaveAttribute('data-conversation', row ?? '')

  await tabTo(page, 'nav button[aria-haspopup=menu]')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(focused(page)).toHaveAttribute('aria-haspopup', 'menu')
  await context.close()
})

test('each stop of Tab can be seen and has a name', async ({ browser, product }) => {
  const { page, context } = await openAgent(browser, product, 'fa')
  await page.locator('[data-conversation]').filter({ hasText: 'Tom' }).click()
  await expect(page.getByRole('log').getByText('Forbidden')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('log').getByText('Forbidden')).toBeVisible()
  const seen = new Set<string>()
  await page.keyboard.press('Tab')
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate(() => document.activeElement === document.body)) break
    const stop = focused(page)
    const outline = (await stop.evaluate((element) => element.outerHTML)).slice(0, 120)
    expect(await showsFocus(page), outline).toBe(true)
    await expect(stop, outline).toHaveAccessibleName(/\S/)
    seen.add(outline)
    await page.keyboard.press('Tab')
  }
  expect(seen.size).toBeGreaterThan(10)
  await context.close()
})

test('single letters write where there is text, and can be switched off', async ({ browser, product }) => {
  const { page, context } = await openAgent(browser, product)
  await page.locator('[data-conversation]').nth(1).click()
  const input = page.locator('[data-pane="thread"]').getByRole('textbox')
  await expect(input).toBeFocused()
  await page.keyboard.type('jek?')
  await expect(input).toHaveValue('jek?')
  await input.fill('')

  await page.getByRole('log').focus()
  await page.keyboard.press('Shift+Slash')
  await page.getByRole('checkbox').press('Space')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const here = page.url()
  await page.getByRole('log').focus()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(here)
  await page.keyboard.press('Alt+j')
  await expect(page).not.toHaveURL(here)
  await context.close()
})

test('an answer that was begun waits in its own conversation', async ({ browser, product }) => {
  const { page, context } = await openAgent(browser, product)
  const draft = unique('Begun, not sent')
  const input = page.locator('[data-pane="thread"]').getByRole('textbox')
  await page.locator('[data-conversation]').nth(0).click()
  await input.fill(draft)
  const here = page.url()
  await page.keyboard.press('Alt+j')
  await expect(page).not.toHaveURL(here)
  await expect(input).toHaveValue('')
  await expect(rowWith(page, draft)).toHaveCount(1)
  await page.goto(here)
  await expect(input).toHaveValue(draft)
  await input.fill('')
  await expect(bubbleWith(page, draft)).toHaveCount(0)
  await context.close()
})
