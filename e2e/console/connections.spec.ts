import { type BrowserContext, expect, type Page } from '@playwright/test'
import { openAgent, openNewcomer } from '../support/people.ts'
import { test } from '../support/server.ts'

const rows = (page: Page) => page.getByRole('list', { name: 'Connections' }).getByRole('listitem')
const strangers = (page: Page) => rows(page).filter({ hasNotText: 'You' })
/** The demo's agent elsewhere; of other people some may still be leaving. */
const others = (page: Page) => strangers(page).filter({ hasText: 'سارا' })

/** Opens the page, and puts the pointer where it holds no row in its place. */
const watch = async (page: Page) => {
  await page.goto('/security/connections')
  await expect(rows(page).filter({ hasText: 'You' })).toHaveCount(1)
  await page.mouse.move(0, 0)
}

/** Nobody of an earlier test is connected any more. */
const leave = (...visitors: { context: BrowserContext }[]) =>
  Promise.all(visitors.map(({ context }) => context.close()))

test('an owner sees who is connected, ends a connection, and it comes back', async ({ browser, product }) => {
  const owner = await openAgent(browser, product)
  await watch(owner.page)
  await expect(others(owner.page)).toHaveCount(0)
  await expect(rows(owner.page).filter({ hasText: 'You' }).getByRole('button')).toBeDisabled()

  const colleague = await openAgent(browser, product)
  const row = others(owner.page)
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('The console')
  await expect(row).toContainText('127.0.0.1')
  await expect(row).toContainText('Keeps up')
  await row.getByRole('button').click()
  const dialog = owner.page.getByRole('dialog')
  await expect(dialog).toContainText('The client may come back at once')
  await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(owner.page.getByText('is being disconnected')).toBeVisible()
  await expect(colleague.page.getByText('An administrator closed this connection.')).toBeVisible()
  await owner.page.mouse.move(0, 0)
  await expect(others(owner.page)).toHaveCount(1)
  expect(new URL(colleague.page.url()).pathname).toMatch(/^\/inbox/)
  await leave(owner, colleague)
})

test('with the connection the sign-in ends where that is wanted', async ({ browser, product }) => {
  const owner = await openAgent(browser, product)
  const colleague = await openAgent(browser, product)
  await watch(owner.page)
  await others(owner.page).getByRole('button').click()
  const dialog = owner.page.getByRole('dialog')
  await dialog.getByRole('switch', { name: 'Sign out too' }).click()
  await dialog.getByRole('button', { name: 'Disconnect and sign out' }).click()
  await expect(colleague.page).toHaveURL(/\/login/)
  await owner.page.mouse.move(0, 0)
  await expect(others(owner.page)).toHaveCount(0)
  await leave(owner, colleague)
})

test('no row moves under the pointer, and nobody sees the connections of another workspace', async ({
  browser,
  product,
}) => {
  const owner = await openAgent(browser, product)
  const colleague = await openAgent(browser, product)
  await watch(owner.page)
  const row = others(owner.page)
  await expect(row).toHaveCount(1)
  await row.hover()
  await colleague.context.close()
  await expect(row).toContainText('Closed')
  await expect(row.getByRole('button')).toBeDisabled()
  await owner.page.mouse.move(0, 0)
  await expect(row).toHaveCount(0)

  const stranger = await openNewcomer(browser, product)
  await watch(stranger.page)
  await expect(strangers(stranger.page)).toHaveCount(0)
  await expect(rows(stranger.page)).not.toContainText('127.0.0.1')
  await leave(owner, stranger)
})
