import { formatsOf } from '../chat/time.ts'

/** How the instants and numbers of a series are written: over days with the day. */
export const instantsOf = (locale: string, isLong: boolean) => {
  const { clock, number } = formatsOf(locale)
  const tag = locale === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB'
  const partOf = (part: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, part)
    return (iso: string) => format.format(new Date(iso))
  }
  const [weekDay, day] = [partOf({ weekday: 'short' }), partOf({ day: 'numeric' })]
  // ICU writes the two together in an order that nobody reads in Persian.
  const dayOf = (iso: string) => `${weekDay(iso)} ${day(iso)}`
  const comma = locale === 'fa' ? '، ' : ', '
  return {
    number,
    axis: isLong ? dayOf : clock,
    full: (iso: string) => (isLong ? dayOf(iso) + comma + clock(iso) : clock(iso)),
  }
}
