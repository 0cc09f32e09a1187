import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type APIRequestContext, expect, type PlaywrightWorkerArgs } from '@playwright/test'
import { SimulatorCast } from '../src/server/contract/simulator.ts'
import { openNewcomer } from './support/people.ts'
import { type Product, test } from './support/server.ts'

/** Every page: why it needs nobody, or null where it is for those who are signed in. A page without a row fails the test. */
const PAGES: Record<string, string | null> = {
  '/': null,
  '/login': 'signs in',
  '/register': 'makes an account',
  '/invitations/[token]': 'is reached by whoever holds the link',
  '/reset/[token]': 'is reached by whoever holds the link',
  '/setup': 'asks for the code that the start printed',
  '/simulator': 'is there in a demo alone',
  '/inbox': null,
  '/inbox/[conversationId]': null,
  '/settings': null,
  '/settings/channels': null,
  '/settings/data': null,
  '/settings/keys': null,
  '/settings/people': null,
  '/settings/profile': null,
  '/settings/security': null,
  '/security': null,
  '/security/overview': null,
  '/security/audit': null,
  '/security/blocked': null,
  '/security/connections': null,
  '/security/events': null,
  '/spam': null,
}

const pages = path.resolve(import.meta.dirname, '../src/app')
const existing = () =>
  readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => `/${path.dirname(file).replaceAll(/\([^)]*\)\/?/g, '')}`.replace(/\/\.?$/, '') || '/')

const closed = Object.entries(PAGES).flatMap(([page, why]) => (why === null ? [page] : []))
const addressOf = (page: string) => page.replace('[conversationId]', 'ABCDEFGHIJ')

/** A browser without a cookie of ours. */
const openStranger = ({ playwright }: PlaywrightWorkerArgs, product: Product) =>
  playwright.request.newContext({ baseURL: product.url })

async function expectSentAway(who: string, request: APIRequestContext, cookie = '') {
  for (const page of closed) {
    const answer = await request.get(addressOf(page), { headers: { cookie } })
    expect(new URL(answer.url()).pathname, `${who} at ${page}`).toBe('/login')
  }
}

test('every page says whom it is for', () => {
  expect(existing().sort()).toEqual(Object.keys(PAGES).sort())
})

test('pages for those who are signed in send nobody else further than the sign-in', async ({
  playwright,
  product,
  browser,
}) => {
  const stranger = await openStranger({ playwright } as PlaywrightWorkerArgs, product)
  await expectSentAway('nobody', stranger)
  await expectSentAway('a forger', stranger, 'next-auth.session-token=a.b.c')
  const { context, page } = await openNewcomer(browser, product)
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  await page.goto('/settings/profile')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login/)
  await expectSentAway('a session that was signed out', stranger, cookie)
  await stranger.dispose()
})

test('no page tells another workspace who writes to this one', async ({ browser, product }) => {
  const { page } = await openNewcomer(browser, product)
  const cast = SimulatorCast.parse(await (await page.request.get('/simulator/api/cast')).json())
  const names = cast.people.map(({ firstName }) => firstName)
  expect(names.length).toBeGreaterThan(3)
  for (const closedPage of closed) {
    const html = await (await page.request.get(addressOf(closedPage))).text()
    expect(
      names.filter((name) => html.includes(name)),
      closedPage,
    ).toEqual([])
  }
})
