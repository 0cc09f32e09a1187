/** How one language of the interface writes instants and numbers: Persian in its own calendar and digits. */
export interface Formats {
  clock: (iso: string) => string
  /** Above the messages of a day: "Today, 22 November". */
  day: (iso: string, now: number) => string
  /** In a list: "now", "5m", "10:42", "yesterday", "14 November". */
  brief: (iso: string, now: number) => string
  /** Everything, for a tooltip. */
  full: (iso: string) => string
  /** With seconds and thousandths, for the delivery history. */
  exact: (iso: string) => string
  date: (iso: string) => string
  number: (value: number) => string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK_DAYS = 6

const cache = new Map<string, Formats>()

export const formatsOf = (locale: string): Formats => {
  const held = cache.get(locale)
  if (held) return held
  const made = createFormats(locale)
  cache.set(locale, made)
  return made
}

const createFormats = (locale: string): Formats => {
  const tag = locale === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB'
  const by = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, options)
    return (iso: string) => format.format(new Date(iso))
  }
  const clock = by({ hour: '2-digit', minute: '2-digit' })
  const dayMonth = by({ day: 'numeric', month: 'long' })
  const dayShort = by({ day: 'numeric', month: locale === 'fa' ? 'long' : 'short' })
  const weekDay = by({ weekday: 'long' })
  const withYear = by({ day: 'numeric', month: 'long', year: 'numeric' })
  // Persian's own full style puts the year first: «۱۴۰۵ آذر ۲, دوشنبه».
  const full =
    locale === 'fa'
      ? (iso: string) => `${weekDay(iso)} ${withYear(iso)}، ساعت ${clock(iso)}`
      : by({ dateStyle: 'full', timeStyle: 'short' })
  const numbers = new Intl.NumberFormat(tag)
  const minutes = new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: 'minute',
    unitDisplay: locale === 'fa' ? 'short' : 'narrow',
  })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const comma = locale === 'fa' ? '، ' : ', '
  const yearOf = by({ year: 'numeric' })
  const sameYear = (iso: string, now: number) => yearOf(iso) === yearOf(new Date(now).toISOString())

  const day = (iso: string, now: number) => {
    const ago = daysBetween(iso, now)
    if (ago === 0 || ago === 1) return capitalised(relative.format(-ago, 'day')) + comma + dayMonth(iso)
    return sameYear(iso, now) ? weekDay(iso) + comma + dayMonth(iso) : withYear(iso)
  }
  const brief = (iso: string, now: number) => {
    const age = now - Date.parse(iso)
    const ago = daysBetween(iso, now)
    if (age < MINUTE) return relative.format(0, 'second')
    if (age < HOUR) return minutes.format(Math.floor(age / MINUTE))
    if (ago === 0) return clock(iso)
    if (ago === 1) return relative.format(-1, 'day')
    if (ago <= WEEK_DAYS) return weekDay(iso)
    return sameYear(iso, now) ? dayShort(iso) : withYear(iso)
  }
  const exact = by({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 })
  return { clock, day, brief, full, exact, date: withYear, number: (value) => numbers.format(value) }
}

/** Whether two instants lie on the same day where the reader is. */
export const isSameDay = (a: string, b: string): boolean =>
  startOfDay(Date.parse(a)) === startOfDay(Date.parse(b))

const daysBetween = (iso: string, now: number) =>
  Math.round((startOfDay(now) - startOfDay(Date.parse(iso))) / DAY)

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0)

const capitalised = (word: string) => word.charAt(0).toLocaleUpperCase() + word.slice(1)
