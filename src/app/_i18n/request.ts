import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { preferenceCookies } from '../../components/settings/preferences.ts'
import type { Locale } from '../../server/contract/account.ts'
import { findSession } from '../_auth/session.ts'
import { negotiateLocale } from './locale.ts'
import { messagesOf } from './messages.ts'

/** next-intl's entry: which language a request is answered in, and its words. */
export default getRequestConfig(async () => {
  const locale = await resolveLocale()
  return { locale, messages: messagesOf(locale) }
})

const resolveLocale = async (): Promise<Locale> => {
  const cookie = (await cookies()).get(preferenceCookies.locale)?.value
  const account = cookie ? undefined : (await findSession())?.locale
  return negotiateLocale({ cookie, account, acceptLanguage: (await headers()).get('accept-language') })
}
