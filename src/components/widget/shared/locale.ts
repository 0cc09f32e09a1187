import type { Locale } from './protocol.ts'

const isPersian = (tag: string): boolean => /^fa\b/i.test(tag)

/** The language of the website's choice, of the page, of the browser: the first that is said. */
export const localeOf = (chosen: 'auto' | Locale, page: string, browser: string): Locale => {
  if (chosen !== 'auto') return chosen
  return isPersian(page || browser) ? 'fa' : 'en'
}
