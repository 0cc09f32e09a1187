import { gzipSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { type Product, test } from '../support/server.ts'

const KB = 1000
const MAX_SCRIPT = 300 * KB

interface Script {
  name: string
  bytes: number
  encoding: string | undefined
}

/** Every script that comes over the wire from now on, as heavy as gzip makes it. */
const weigh = (page: Page) => {
  const scripts = new Map<string, Promise<Script>>()
  page.on('response', (response) => {
    // The second page takes what the first one loaded from the browser's cache.
    if (response.request().resourceType() !== 'script' || scripts.has(response.url())) return
    const weighed = response.body().then((body) => ({
      name: new URL(response.url()).pathname.split('/').at(-1) ?? '',
      bytes: gzipSync(body).length,
      encoding: response.headers()['content-encoding'],
    }))
    scripts.set(response.url(), weighed)
  })
  return () => Promise.all(scripts.values())
}

const inlineBytes = async (page: Page): Promise<number> => {
  const inline = await page.locator('script:not([src])').allTextContents()
  return gzipSync(inline.join('\n')).length
}

const signInWithDemo = async (page: Page, product: Product) => {
  await page.goto(`${product.url}/login`)
  await page.getByLabel(/Email or username/).fill(product.demo.login)
  await page.getByLabel('Password', { exact: true }).fill(product.demo.password)
  const inline = await inlineBytes(page)
  await page.keyboard.press('Enter')
  return inline
}

test('all script until a thread can be answered, the sign-in page’s with it, is under 300 kB', async ({
  browser,
  product,
}) => {
  const context = await browser.newContext()
  await context.addCookies([{ name: 'peyk.locale', value: 'en', url: product.url }])
  const page = await context.newPage()
  const scripts = weigh(page)

  const inline = await signInWithDemo(page, product)
  await page.locator('[data-conversation]').first().click()
  await expect(page.getByRole('log').locator('[data-item]').last()).toBeVisible()
  await expect(page.locator('[data-pane="thread"]').getByRole('textbox')).toBeEditable()

  const all = await scripts()
  const total = all.reduce((sum, { bytes }) => sum + bytes, inline + (await inlineBytes(page)))
  const heaviest = all.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8)
  console.log(`Script until a thread is usable: ${(total / KB).toFixed(1)} kB gzip in ${all.length} files`)
  expect(all.length).toBeGreaterThan(0)
  expect(total, JSON.stringify(heaviest)).toBeLessThan(MAX_SCRIPT)
  expect(all.filter(({ encoding, bytes }) => bytes > KB && !encoding)).toEqual([])
  await context.close()
})
