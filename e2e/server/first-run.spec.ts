import { expect, type Page, test } from '@playwright/test'
import { faults } from '../support/axe.ts'
import { createDatabase, makeSecrets, query, startPostgres } from '../support/database.ts'
import { TemporaryFolder } from '../support/folder.ts'
import { type PeykNode, type Settings, startNode } from '../support/node.ts'
import { call } from '../support/rest.ts'
import { wordsOf } from '../support/words.ts'

test.describe.configure({ mode: 'serial' })

const folder = new TemporaryFolder()
const PASSWORD = 'a horse that reads'
let settings: Settings
let nodes: PeykNode[]

test.beforeAll(async () => {
  test.setTimeout(150_000)
  const server = await startPostgres(folder)
  const DATABASE_URL = await createDatabase(server, 'first_run')
  settings = { ...makeSecrets(), DATABASE_URL, ALLOW_REGISTRATION: 'false' }
  nodes = [await startNode(settings), await startNode(settings)]
})
test.afterAll(async () => {
  for (const node of nodes ?? []) await node.stop()
  folder.remove()
})

const at = (index: number): PeykNode => {
  const node = nodes[index]
  if (!node) throw new Error(`There is no node ${index}.`)
  return node
}

/** The code that a node printed. */
const printed = (node: PeykNode): string => /Setup code: (\S+)$/m.exec(node.output)?.[1] ?? ''

const registerAt = (host: string, name: string, setup_code?: string) =>
  call(host, '/api/v1/usr/register', {
    body: { username: name, email: `${name}@example.com`, password: PASSWORD, setup_code },
  })

const fill = async (page: Page, fields: Record<string, string>) => {
  for (const [name, value] of Object.entries(fields)) await page.locator(`input[name=${name}]`).fill(value)
  await page.keyboard.press('Enter')
}

test('every node prints a code of its own, once, and nobody is let in without one', async () => {
  const codes = nodes.map(printed)
  for (const [index, code] of codes.entries()) {
    expect(code).toMatch(/^\w{4}(-\w{4}){5}$/)
    expect(at(index).output.split(code)).toHaveLength(2)
  }
  expect(new Set(codes).size).toBe(2)
  for (const code of [undefined, '', 'abcd-0123'])
    expect((await registerAt(at(0).host, 'stranger', code)).status).toBe(403)
  expect(await query(settings.DATABASE_URL ?? '', 'SELECT 1 FROM "user"')).toEqual([])
})

for (const language of ['fa', 'en'] as const)
  test(`sign-in and registration lead to the setup, which axe finds nothing wrong with, ${language}`, async ({
    page,
  }) => {
    const t = wordsOf(language)
    await page.context().addCookies([{ name: 'peyk.locale', value: language, url: at(0).url }])
    for (const place of ['/', '/login', '/register', '/inbox']) {
      await page.goto(at(0).url + place)
      await expect(page, place).toHaveURL(/\/setup$/)
    }
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('auth.setup.title'))
    expect(await faults(page)).toEqual([])
    await page.getByRole('link', { name: t('auth.register.signIn') }).click()
    await expect(page.locator('input[name=login]')).toBeVisible()
  })

test('a wrong code is said beside its field; the other node’s code makes the administrator and signs in', async ({
  page,
}) => {
  const t = wordsOf('en')
  const visited: string[] = []
  page.on('request', (request) => visited.push(request.url()))
  await page.context().addCookies([{ name: 'peyk.locale', value: 'en', url: at(0).url }])
  await page.goto(`${at(0).url}/setup`)
  const person = { email: 'roya@example.com', username: 'roya', password: PASSWORD }
  await fill(page, { ...person, setup_code: '0000-0000-0000-0000-0000-0000' })
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(t('auth.fields.setupCode'))
  expect(await faults(page), 'the refusal').toEqual([])
  const code = printed(at(1))
  await fill(page, { setup_code: ` ${code.toUpperCase()} ` })
  await page.waitForURL('**/inbox')
  expect(visited.filter((url) => url.toLowerCase().includes(code))).toEqual([])
  expect(
    await query(settings.DATABASE_URL ?? '', 'SELECT username, is_instance_admin AS "is" FROM "user"'),
  ).toEqual([{ username: 'roya', is: true }])
})

test('no code is good a second time, and the setup is closed on every node', async ({ page }) => {
  for (const node of nodes) {
    const refused = await registerAt(node.host, 'late', printed(at(0)))
    expect(refused).toMatchObject({ status: 403, json: { error_code: 'FORBIDDEN' } })
    expect(refused.text).not.toContain(printed(at(0)))
    await page.goto(`${node.url}/setup`)
    await expect(page).toHaveURL(/\/login$/)
  }
  expect(await query(settings.DATABASE_URL ?? '', 'SELECT 1 FROM setup_code')).toEqual([])
  for (const node of nodes) expect(node.output.split(printed(node))).toHaveLength(2)
})

test('a node that starts later prints no code', async () => {
  const node = await startNode(settings)
  expect(node.output).not.toContain('Setup code')
  await node.stop()
})
