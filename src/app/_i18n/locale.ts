import { Locale } from '../../server/contract/account.ts'

/** The language where nothing says otherwise. */
export const DEFAULT_LOCALE: Locale = 'fa'

const MAX_HEADER = 500

interface Wishes {
  cookie?: string | undefined
  account?: string | undefined
  acceptLanguage?: string | null | undefined
}

/** The interface language: the browser's own choice, then the account's, then what the browser accepts. */
export const negotiateLocale = (wishes: Wishes): Locale =>
  supported(wishes.cookie) ?? supported(wishes.account) ?? accepted(wishes.acceptLanguage) ?? DEFAULT_LOCALE

const supported = (value: string | undefined): Locale | undefined => Locale.safeParse(value).data

const accepted = (header: string | null | undefined): Locale | undefined => {
  const ranges = (header ?? '').slice(0, MAX_HEADER).split(',').map(parseRange)
  const wanted = ranges.filter((range) => range.quality > 0).sort((a, b) => b.quality - a.quality)
  return wanted.map((range) => supported(range.language)).find((locale) => locale !== undefined)
}

const parseRange = (range: string) => {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  return { language: tag.split('-')[0] ?? '', quality: quality ? Number(quality.slice(2)) || 0 : 1 }
}
