import { expect, type Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { faults } from '../support/axe.ts'
import { type Person, register } from '../support/rest.ts'
import { test } from '../support/server.ts'
import { wordsOf } from '../support/words.ts'

const STEP_MS = 30_000

/** What the person's phone shows, now or a step later. */
const codeOf = (secret: string, laterMs = 0): string =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + laterMs })

/** Types into what has the focus and sends it, as a person without a mouse does. */
const enter = async (page: Page, ...texts: string[]) => {
  for (const [index, text] of texts.entries()) {
    if (index > 0) await page.keyboard.press('Tab')
    await page.keyboard.type(text)
  }
  await page.keyboard.press('Enter')
}

/** The first step of signing in; passwords have a button behind them, so that Tab from the name goes to the password. */
const signIn = async (page: Page, { login, password }: Person, ask: string) => {
  // A console whose cookie was taken is on its own way to the sign-in.
  await page.goto('about:blank')
  await page.goto('/login')
  await expect(page.locator('input[name=login]')).toBeFocused()
  await enter(page, login, password)
  await expect(page.getByLabel(ask, { exact: true })).toBeFocused()
}

const isSignedIn = async (page: Page) =>
  (await page.context().cookies()).some(({ name }) => name.includes('session-token'))

for (const language of ['en', 'fa'] as const) {
  test(`a second step is turned on, asked for, and turned off, by keyboard alone, ${language}`, async ({
    browser,
    product,
  }) => {
    test.setTimeout(240_000)
    const t = wordsOf(language)
    const person = await register(new URL(product.url).host, 'parisa')
    const context = await browser.newContext({ baseURL: product.url })
    await context.addCookies([{ name: 'peyk.locale', value: language, url: product.url }])
    const page = await context.newPage()
    const dialog = page.getByRole('dialog')

    await page.goto('/login')
    await enter(page, person.login, person.password)
    await page.waitForURL('**/inbox')

    await page.goto('/settings/security')
    await page.getByRole('button', { name: t('settings.twoFactor.turnOn') }).focus()
    await page.keyboard.press('Enter')
    await expect(dialog.getByLabel(t('settings.prove.password'), { exact: true })).toBeFocused()
    await enter(page, 'not my password')
    await expect(dialog.getByRole('alert')).toHaveText(t('settings.prove.passwordWrong'))
    expect(await faults(page), 'the password').toEqual([])
    await page.keyboard.press('ControlOrMeta+a')
    await enter(page, person.password)

    await expect(dialog.getByRole('img', { name: t('settings.twoFactor.enrol.qr') })).toBeVisible()
    const shown = await dialog.getByLabel(t('settings.twoFactor.enrol.secret'), { exact: true }).inputValue()
    const secret = shown.replaceAll(' ', '')
    const code = dialog.getByLabel(t('settings.prove.code'), { exact: true })
    await expect(code).toBeFocused()
    await enter(page, '000000')
    await expect(dialog.getByRole('alert')).toHaveText(t('settings.prove.codeWrong'))
    expect(await faults(page), 'the picture').toEqual([])
    await code.fill('')
    await enter(page, codeOf(secret))

    const codes = dialog.getByRole('list', { name: t('settings.twoFactor.codes.list') }).getByRole('listitem')
    await expect(codes).toHaveCount(10)
    const [recovery = '', spare = ''] = await codes.allTextContents()
    expect(await faults(page), 'the recovery codes').toEqual([])
    const downloading = page.waitForEvent('download')
    await dialog.getByRole('button', { name: t('settings.twoFactor.codes.download') }).press('Enter')
    const file = await (await downloading).createReadStream()
    expect((await file.toArray()).join('')).toContain(`${recovery}\n${spare}\n`)
    await dialog.getByRole('button', { name: t('settings.twoFactor.codes.done') }).press('Enter')
    await expect(page.getByRole('status').filter({ hasText: t('settings.twoFactor.done.on') })).toBeVisible()
    await expect(page.getByRole('button', { name: t('settings.twoFactor.turnOff') })).toBeVisible()
    expect(await faults(page), 'the section').toEqual([])

    await context.clearCookies({ name: /session-token/ })
    await signIn(page, person, t('auth.code.app.label'))
    expect(await isSignedIn(page)).toBe(false)
    expect(await faults(page), 'the second step').toEqual([])
    const later = codeOf(secret, STEP_MS)
    await enter(page, '000000')
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(t('auth.code.app.wrong'))
    expect(await isSignedIn(page)).toBe(false)
    await page.keyboard.press('ControlOrMeta+a')
    await enter(page, later)
    await page.waitForURL('**/inbox')

    await context.clearCookies({ name: /session-token/ })
    await signIn(page, person, t('auth.code.app.label'))
    await enter(page, later)
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(t('auth.code.app.wrong'))
    await page.getByRole('button', { name: t('auth.code.app.other') }).press('Enter')
    await expect(page.getByLabel(t('auth.code.recovery.label'), { exact: true })).toBeFocused()
    await enter(page, recovery)
    await page.waitForURL('**/inbox')

    await page.goto('/settings/security')
    await page.getByRole('button', { name: t('settings.twoFactor.turnOff') }).press('Enter')
    await expect(dialog.getByLabel(t('settings.prove.password'), { exact: true })).toBeFocused()
    await dialog.getByLabel(t('settings.prove.code'), { exact: true }).fill(recovery)
    await dialog.getByLabel(t('settings.prove.password'), { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('alert')).toHaveText(t('settings.prove.codeWrong'))
    await dialog.getByLabel(t('settings.prove.code'), { exact: true }).fill(spare)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status').filter({ hasText: t('settings.twoFactor.done.off') })).toBeVisible()
    await context.clearCookies({ name: /session-token/ })
    await page.goto('/login')
    await enter(page, person.login, person.password)
    await page.waitForURL('**/inbox')
    await context.close()
  })
}
