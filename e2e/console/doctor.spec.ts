import { expect, type Page } from '@playwright/test'
import { faults } from '../support/axe.ts'
import { openAgent, openCustomer, rowWith, unique } from '../support/people.ts'
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

/** From now on the platform tells nothing to this server. */
const silence = async ({ request }: Page, { url }: Product, platform: 'telegram' | 'instagram') => {
  const data = { platform, trouble: 'unheard', until: 'off' }
  const headers = { origin: new URL(url).origin }
  const answer = await request.post('/simulator/api/faults', { data, headers })
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
    await silence(agent.page, product, platform)
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
    // Telegram keeps what it could not bring; Instagram tells nobody what happened while nobody was subscribed.
    if (platform === 'telegram') await expect(rowWith(agent.page, unheard)).toHaveCount(1)
    const heard = unique('2')
    await phone.write(heard)
    await expect(rowWith(agent.page, heard)).toHaveCount(1)
    await agent.context.close()
    await context.close()
  })
}
