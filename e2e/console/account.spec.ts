import { type Browser, expect, type Page } from '@playwright/test'
import { openPerson } from '../support/people.ts'
import { call, type Person, register, shareWorkspace } from '../support/rest.ts'
import { type Product, test } from '../support/server.ts'

const NEW = 'four words or more'

const hostOf = (product: Product) => new URL(product.url).host
const member = (page: Page, { login }: Person) =>
  page.getByRole('listitem').filter({ hasText: `${login}@example.com` })

/** An owner at the screen and an agent of theirs at another. */
async function openTeam(browser: Browser, product: Product) {
  const host = hostOf(product)
  const [owner, agent] = [await register(host, 'olga'), await register(host, 'amir')]
  await shareWorkspace(host, owner, agent)
  const at = {
    owner: await openPerson(browser, product, owner),
    agent: await openPerson(browser, product, agent),
  }
  const act = async (item: string) => {
    await at.owner.page.goto('/settings/people')
    await member(at.owner.page, agent)
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await at.owner.page.getByRole('menuitem', { name: item }).click()
    return at.owner.page.getByRole('dialog')
  }
  const close = () => Promise.all([at.owner.context.close(), at.agent.context.close()])
  return { host, owner, agent, at, act, close }
}

test('a person sees where they are signed in, and ends one place or all others', async ({
  browser,
  product,
}) => {
  const host = hostOf(product)
  const sara = await register(host, 'sara')
  const [here, there] = [await openPerson(browser, product, sara), await openPerson(browser, product, sara)]
  await here.page.goto('/settings/security')
  const rows = here.page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await expect(rows).toHaveCount(3)
  await expect(rows.filter({ hasText: 'This one' })).toHaveCount(1)
  await expect(rows.filter({ hasText: 'Chrome' })).toHaveCount(2)
  await expect(rows.filter({ hasText: '127.0.0.1' })).toHaveCount(3)

  await rows.filter({ hasText: 'API' }).getByRole('button').click()
  await expect(here.page.getByText(/has ended/)).toBeVisible()
  await expect(rows).toHaveCount(2)
  expect((await call(host, '/api/v1/usr/profile', { token: sara.access })).status).toBe(401)

  await here.page.getByRole('button', { name: 'End all others' }).click()
  await here.page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
  await expect(rows).toHaveCount(1)
  await expect(there.page).toHaveURL(/\/login/)
  await expect(here.page).toHaveURL(/\/settings\/security/)
  await Promise.all([here.context.close(), there.context.close()])
})

test('a password is changed by whoever knows it, and everything else is signed out', async ({
  browser,
  product,
}) => {
  const host = hostOf(product)
  const sara = await register(host, 'sara')
  const [here, there] = [await openPerson(browser, product, sara), await openPerson(browser, product, sara)]
  await here.page.goto('/settings/security')
  await here.page.getByRole('button', { name: 'Change password' }).click()
  const dialog = here.page.getByRole('dialog')
  const fill = async (current: string, password: string) => {
    await dialog.getByLabel('Present password').fill(current)
    await dialog.getByLabel('New password').fill(password)
    await dialog.getByRole('button', { name: 'Change password' }).click()
  }
  await fill(sara.password, 'password123')
  await expect(dialog.getByText('guessed first')).toBeVisible()
  await fill('not this', NEW)
  await expect(dialog.getByText('This is not your present password.')).toBeVisible()
  await fill(sara.password, NEW)
  await expect(here.page.getByText(/^Your password is changed/)).toBeVisible()
  await expect(there.page).toHaveURL(/\/login/)
  const signIn = (password: string) =>
    call(host, '/api/v1/usr/login', { body: { email_or_username: sara.login, password } })
  expect((await signIn(sara.password)).status).toBe(400)
  expect((await signIn(NEW)).status).toBe(200)
  await Promise.all([here.context.close(), there.context.close()])
})

test('an owner hands out a link that sets a password once, and shows itself to nobody', async ({
  browser,
  product,
}) => {
  const { host, agent, at, act, close } = await openTeam(browser, product)
  const dialog = await act('Password link…')
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const url = await dialog.getByLabel('Password link').inputValue()
  const { pathname } = new URL(url)

  const forgetful = await browser.newContext({ baseURL: product.url, locale: 'en-GB' })
  const page = await forgetful.newPage()
  const referers: (string | undefined)[] = []
  page.on('request', (request) => referers.push(request.headers().referer))
  const answer = await page.goto(pathname)
  expect(answer?.headers()['cache-control']).toContain('no-store')
  await expect(page.getByText(agent.email)).toBeVisible()
  await page.getByLabel('New password').fill('amir')
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByText('Use at least 8 characters.')).toBeVisible()
  await page.getByLabel('New password').fill(NEW)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByText('Your password is set')).toBeVisible()
  await expect(at.agent.page).toHaveURL(/\/login/)
  await page.reload()
  await expect(page.getByText('This link no longer works')).toBeVisible()
  await page.getByRole('link', { name: 'Go to sign-in' }).click()
  await expect(page).toHaveURL(/\/login/)
  expect(referers.filter((referer) => referer?.includes('/reset/'))).toEqual([])

  const body = { email_or_username: agent.login, password: NEW }
  expect((await call(host, '/api/v1/usr/login', { body })).status).toBe(200)
  await forgetful.close()
  await close()
})

test('a role that changes is seen at the other screen without a reload, and counts at once', async ({
  browser,
  product,
}) => {
  const { at, act, close } = await openTeam(browser, product)
  const { page } = at.agent
  const makeKey = () =>
    page.request.post('/trpc/keys.create', {
      data: { name: 'till', scopes: ['read'] },
      headers: { origin: product.url },
    })
  await page.goto('/settings/keys')
  await expect(page.getByText('Owners and admins manage API keys')).toBeVisible()
  const become = async (role: 'Admin' | 'Agent') => {
    const dialog = await act('Change role…')
    await dialog.getByRole('radio', { name: role }).click()
    await dialog.getByRole('button', { name: 'Change role' }).click()
    await expect(dialog).toHaveCount(0)
  }
  await become('Admin')
  expect((await makeKey()).status()).toBe(200)
  await expect(page.getByRole('button', { name: 'Create a key' })).toBeVisible()
  await become('Agent')
  expect((await makeKey()).status()).toBe(403)
  await expect(page.getByText('Owners and admins manage API keys')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create a key' })).toHaveCount(0)
  await close()
})

test('a member who is removed lands in a workspace of their own', async ({ browser, product }) => {
  const { agent, at, act, close } = await openTeam(browser, product)
  const { page } = at.agent
  await page.goto('/settings/people')
  await expect(page.getByRole('list', { name: 'Members' }).getByRole('listitem')).toHaveCount(2)
  const dialog = await act('Remove…')
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(at.owner.page.getByText(/is no longer a member/)).toBeVisible()
  await expect(member(at.owner.page, agent)).toHaveCount(0)
  await expect(page).toHaveURL(/\/inbox/)
  await expect(page.getByRole('heading', { name: 'Welcome to Peyk' })).toBeVisible()
  await page.goto('/settings/people')
  await expect(page.getByRole('list', { name: 'Members' }).getByRole('listitem')).toHaveCount(1)
  await close()
})
