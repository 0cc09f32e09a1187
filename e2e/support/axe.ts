import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds wrong, one line for each element. */
export const faults = (page: Page, except: string[] = []): Promise<string[]> =>
  tell(page, new AxeBuilder({ page }).disableRules(except))

/** The same in light and in dark, which differ by their colours alone. */
export const faultsInBothSchemes = async (page: Page, except: string[] = []): Promise<string[]> => {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await faults(page, except)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await tell(page, new AxeBuilder({ page }).withRules(['color-contrast']))
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}

const tell = async (page: Page, axe: AxeBuilder): Promise<string[]> => {
  // What fades in has the contrast of its end only at its end.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
