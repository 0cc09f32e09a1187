import { expect, type Page } from '@playwright/test'
import { faults } from '../support/axe.ts'
import { answer, bubbleWith, openAgent, openCustomer, rowWith, unique } from '../support/people.ts'
import { type Product, test } from '../support/server.ts'

const WORDS = {
  en: {
    checkUp: /^Check-up of /,
    again: 'Check again',
    done: /^Done, and looked at again\./,
    telegram: { said: 'Messages go to another server.', mend: 'Set the address again' },
    instagram: { said: 'The account sends nothing to your app at Meta', mend: 'Subscribe again' },
  },
  fa: {
    checkUp: /^بررسی /,
    again: 'بررسی دوباره',
    done: /^انجام شد و دوباره بررسی شد\./,
    telegram: { said: 'پیام‌ها به سرور دیگری می‌روند.', mend: 'ثبت دوبارهٔ نشانی' },
    instagram: { said: 'حساب چیزی به برنامهٔ شما نزد متا نمی‌فرستد', mend: 'فعال کردن دوباره' },
  },
} as const

type Platform = 'telegram' | 'instagram'

/** What goes wrong with a platform from now on, until it is turned off: that it tells nothing to this server, by default. */
const trouble = async (
  { request }: Page,
  { url }: Product,
  { trouble = 'unheard', until = 'off', platform }: { platform: Platform; trouble?: string; until?: string },
) => {
  const headers = { origin: new URL(url).origin }
  const answer = await request.post('/simulator/api/faults', { data: { platform, trouble, until }, headers })
  expect(answer.status(), await answer.text()).toBe(200)
}

const openDoctor = async (page: Page, handle: string, words: (typeof WORDS)['en' | 'fa']) => {
  await page.goto('/settings/channels')
  const row = page.getByRole('listitem').filter({ hasText: handle })
  await row.getByRole('button', { name: words.checkUp }).click()
  const doctor = page.getByRole('dialog')
  await doctor.getByRole('button', { name: words.again }).click()
  return doctor
}

for (const [platform, language, index, handle] of [
  ['telegram', 'en', 2, '@peyk_demo_bot'],
  ['instagram', 'fa', 6, '@peyk.demo'],
] as const) {
  test(`a channel of ${platform} that is told nothing says so, and one click brings its customers back`, async ({
    browser,
    product,
  }) => {
    const words = WORDS[language]
    const { said, mend } = words[platform]
    const agent = await openAgent(browser, product, language)
    const { phone, context } = await openCustomer(browser, product, language, index)
    expect(phone.person.platform).toBe(platform)
    await trouble(agent.page, product, { platform })
    const unheard = unique('1')
    await phone.write(unheard)

    const doctor = await openDoctor(agent.page, handle, words)
    const webhook = doctor.locator('[data-check=webhook]')
    await expect(webhook).toContainText(said)
    const updates = doctor.locator('[data-check=updates]')
    if (platform === 'telegram') {
      await expect(webhook).toContainText('https://bots.example')
      await expect(updates).toContainText('my_chat_member, callback_query')
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await agent.page.emulateMedia({ colorScheme })
      expect(await faults(agent.page), colorScheme).toEqual([])
    }
    await webhook.getByRole('button', { name: mend }).click()
    await expect(doctor.getByRole('status')).toHaveText(words.done)
    await expect(webhook.getByRole('button')).toHaveCount(0)
    await expect(updates).not.toContainText('callback_query')

    await agent.page.goto('/inbox')
    // Telegram kept what it could not bring; Instagram told nobody, and is asked.
    await expect(rowWith(agent.page, unheard)).toHaveCount(1)
    const heard = unique('2')
    await phone.write(heard)
    await expect(rowWith(agent.page, heard)).toHaveCount(1)
    await agent.context.close()
    await context.close()
  })
}

test('a channel that stops is told of on every page until that is put away, and goes on only by a token that is good', async ({
  browser,
  product,
}) => {
  test.setTimeout(120_000)
  const { page, context } = await openAgent(browser, product)
  const { phone, context: customer } = await openCustomer(browser, product, 'en', 2)
  const question = unique('3')
  await phone.write(question)
  await rowWith(page, question).click()
  await expect(bubbleWith(page, question)).toHaveCount(1)
  const revoked = { platform: 'telegram', trouble: 'token_revoked' } as const
  await trouble(page, product, revoked)
  const reply = unique('4')
  await answer(page, reply)
  const banner = page.getByRole('status').filter({ hasText: '@peyk_demo_bot' })
  const seen = async () => {
    await page.reload()
    await expect(banner).toContainText('has stopped: messages wait.', { timeout: 3_000 })
  }
  await expect(seen).toPass()
  expect(await faults(page)).toEqual([])

  await banner.getByRole('link', { name: 'See what helps' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Connect again' }).click()
  const form = page.getByRole('dialog', { name: /^Connect .*@peyk_demo_bot.* again$/ })
  await form.getByRole('textbox').fill(`7000000001:${'A'.repeat(35)}`)
  await form.getByRole('textbox').press('Enter')
  await expect(form.getByRole('alert')).toContainText('Telegram does not accept this token.')

  await page.goto('/settings/profile')
  await banner.getByRole('button', { name: 'Hide' }).click()
  await expect(banner).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(banner).toHaveCount(0)
  await trouble(page, product, { ...revoked, until: 'none' })
  await expect(phone.log.getByText(reply, { exact: true })).toHaveCount(1)
  await context.close()
  await customer.close()
})
