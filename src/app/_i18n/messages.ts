import consoleEn from '../../components/translations/console.en.json'
import consoleFa from '../../components/translations/console.fa.json'
import siteEn from '../../components/translations/site.en.json'
import siteFa from '../../components/translations/site.fa.json'
import type { Locale } from '../../server/contract/account.ts'

const catalogues = { en: { ...consoleEn, ...siteEn }, fa: { ...consoleFa, ...siteFa } }

export type Messages = (typeof catalogues)['en']

/** Every word of the interface in one language. */
export const messagesOf = (locale: Locale): Messages => catalogues[locale]
