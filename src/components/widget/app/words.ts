import { widget as en } from '../../translations/widget.en.json'
import { widget as fa } from '../../translations/widget.fa.json'
import type { Locale } from '../shared/protocol.ts'

/** What the widget says in a language, and how it spells numbers and times. */
export const wordsOf = (locale: Locale) => {
  const tag = locale === 'fa' ? 'fa-IR' : 'en'
  const time = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' })
  const number = new Intl.NumberFormat(tag)
  return {
    locale,
    ...(locale === 'fa' ? fa : en),
    time: (at: string) => time.format(new Date(at)),
    day: (at: string) => day.format(new Date(at)),
    number: (value: number) => number.format(value),
  }
}

export type Words = ReturnType<typeof wordsOf>

/** Puts values where `{name}` stands. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
