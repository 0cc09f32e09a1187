import { useTranslations } from 'next-intl'
import type { Device } from '../../server/contract/session.ts'
import { isolated } from './display-text.ts'

/** What a device is called by people. */
export const useDeviceName = () => {
  const t = useTranslations('ui.device')
  return ({ browser, system }: Device): string => {
    if (browser && system) return t('named', { browser: isolated(browser), system: isolated(system) })
    return browser ?? system ?? t('unknown')
  }
}
