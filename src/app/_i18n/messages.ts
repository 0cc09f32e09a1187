import accountEn from '../../components/translations/account.en.json'
import accountFa from '../../components/translations/account.fa.json'
import consoleEn from '../../components/translations/console.en.json'
import consoleFa from '../../components/translations/console.fa.json'
import securityEn from '../../components/translations/security.en.json'
import securityFa from '../../components/translations/security.fa.json'
import siteEn from '../../components/translations/site.en.json'
import siteFa from '../../components/translations/site.fa.json'
import spamEn from '../../components/translations/spam.en.json'
import spamFa from '../../components/translations/spam.fa.json'
import type { Locale } from '../../server/contract/account.ts'

const catalogues = {
  en: { ...accountEn, ...consoleEn, ...securityEn, ...siteEn, ...spamEn },
  fa: { ...accountFa, ...consoleFa, ...securityFa, ...siteFa, ...spamFa },
}

export type Messages = (typeof catalogues)['en']

/** Every word of the interface in one language. */
export const messagesOf = (locale: Locale): Messages => catalogues[locale]
