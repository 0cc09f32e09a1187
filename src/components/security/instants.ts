import { formatsOf } from '../chat/time.ts'

/** How the instants and numbers of a series are written: over days with the day. */
export const instantsOf = (locale: string, isLong: boolean) => {
  const { clock, number } = formatsOf(locale)
  const tag = locale === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB'
  const day = new Intl.DateTimeFormat(tag, { weekday: 'short', day: 'numeric' })
  const dayOf = (iso: string) => day.format(new Date(iso))
  const comma = locale === 'fa' ? '، ' : ', '
  return {
    number,
    axis: isLong ? dayOf : clock,
    full: (iso: string) => (isLong ? dayOf(iso) + comma + clock(iso) : clock(iso)),
  }
}
